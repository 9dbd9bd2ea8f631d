import { estimateBytes } from './estimate-bytes.ts';
import { dropBodies, type RecordedParts, sizeOfBodies } from './recorded-parts.ts';
import type { RequestTrace } from './trace.ts';

/** Everything of a recorded request that lists do not show. */
export interface RequestDetail {
  readonly trace: RequestTrace;
  /** Null for one that was not recorded here. */
  readonly parts: RecordedParts | null;
}

interface Kept extends RequestDetail {
  /** Without bodies. */
  readonly bytes: number;
  bodyBytes: number;
}

/** The part of the memory that bodies may take. */
const BODY_SHARE = 0.5;

/**
 * Details of the newest requests within a number of bytes. Bodies have at most half of it, so that a large one pushes out
 * other bodies alone; bodies and details go the oldest first.
 */
export class RequestDetails {
  readonly #places: number;
  readonly #maxBytes: number;
  /** A ring: the details of a sequence lie at its remainder. */
  readonly #kept: (Kept | undefined)[];
  /** The latest request of each id: a client may send the same id again. */
  readonly #sequences = new Map<string, number>();
  #newest: number;
  #oldest: number;
  #oldestBody: number;
  /** Bodies included. */
  #bytes = 0;
  #bodyBytes = 0;

  /** @param first the sequence that comes first */
  constructor(places: number, maxBytes: number, first: number) {
    this.#places = places;
    this.#maxBytes = maxBytes;
    this.#kept = new Array(places);
    this.#oldest = this.#oldestBody = first;
    this.#newest = first - 1;
  }

  /** Bytes that are taken. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps the details of the request that follows the latest one; those in its place must have been dropped. */
  add(trace: RequestTrace, parts: RecordedParts | null): void {
    const bodyBytes = (parts ? sizeOfBodies(parts) : 0) + ownBodies(trace);
    const bytes = estimateBytes(trace) + 200 * (parts?.lines.length ?? 0);
    this.#newest += 1;
    this.#kept[this.#newest % this.#places] = { trace, parts, bytes, bodyBytes };
    this.#sequences.set(trace.requestId, this.#newest);
    this.#bytes += bytes + bodyBytes;
    this.#bodyBytes += bodyBytes;
    while (this.#bodyBytes > this.#maxBytes * BODY_SHARE && this.#oldestBody <= this.#newest) this.#dropOldestBody();
    while (this.#bytes > this.#maxBytes) this.#dropOldest();
  }

  /** The latest request of an id. */
  find(requestId: string): RequestDetail | undefined {
    const sequence = this.#sequences.get(requestId);
    return sequence === undefined ? undefined : this.#kept[sequence % this.#places];
  }

  at(sequence: number): RequestDetail | undefined {
    return sequence >= this.#oldest && sequence <= this.#newest ? this.#kept[sequence % this.#places] : undefined;
  }

  /** Drops everything up to a sequence. */
  dropUpTo(sequence: number): void {
    while (this.#oldest <= Math.min(sequence, this.#newest)) this.#dropOldest();
  }

  #dropOldest(): void {
    const sequence = this.#oldest;
    const place = sequence % this.#places;
    const kept = this.#kept[place];
    this.#kept[place] = undefined;
    this.#oldest += 1;
    this.#oldestBody = Math.max(this.#oldestBody, this.#oldest);
    if (!kept) return;
    this.#bytes -= kept.bytes + kept.bodyBytes;
    this.#bodyBytes -= kept.bodyBytes;
    if (this.#sequences.get(kept.trace.requestId) === sequence) this.#sequences.delete(kept.trace.requestId);
  }

  #dropOldestBody(): void {
    const kept = this.#kept[this.#oldestBody % this.#places];
    this.#oldestBody += 1;
    if (!kept || kept.bodyBytes === 0) return;
    if (kept.parts) dropBodies(kept.parts);
    if (ownBodies(kept.trace) > 0) dropOwnBodies(kept.trace);
    this.#bytes -= kept.bodyBytes;
    this.#bodyBytes -= kept.bodyBytes;
    kept.bodyBytes = 0;
  }
}

/** Bytes of the bodies that a trace brought along, as one that was read from a file does. */
function ownBodies({ requestBody, responseBody }: RequestTrace): number {
  const size = (body: RequestTrace['requestBody']) => 2 * ((body?.text?.length ?? 0) + (body?.base64?.length ?? 0));
  return size(requestBody) + size(responseBody);
}

function dropOwnBodies(trace: RequestTrace): void {
  const note = 'Dropped to stay within the memory for requests.';
  if (trace.requestBody) trace.requestBody = { ...trace.requestBody, text: null, base64: null, keptBytes: 0, note };
  if (trace.responseBody) trace.responseBody = { ...trace.responseBody, text: null, base64: null, keptBytes: 0, note };
}
