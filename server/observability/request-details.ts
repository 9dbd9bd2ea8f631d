import { BodyArena } from './body-arena.ts';
import { estimateBytes, estimatePartsBytes } from './estimate-bytes.ts';
import { type RecordedParts, storeBodies } from './recorded-parts.ts';
import type { RequestTrace } from './trace.ts';

/** Everything of a recorded request that lists do not show. */
export interface RequestDetail {
  readonly trace: RequestTrace;
  /** Null for one that was not recorded here. */
  readonly parts: RecordedParts | null;
}

interface Kept extends RequestDetail {
  readonly bytes: number;
}

/**
 * Details of the newest requests within a number of bytes. Bodies have at most half of it, so that a large one pushes out
 * other bodies alone; bodies and details go the oldest first.
 */
export class RequestDetails {
  /** What was kept of their bodies. */
  readonly arena: BodyArena;
  readonly #places: number;
  readonly #maxBytes: number;
  /** A ring: the details of a sequence lie at its remainder. */
  readonly #kept: (Kept | undefined)[];
  /** The latest request of each id: a client may send the same id again. */
  readonly #sequences = new Map<string, number>();
  #newest: number;
  #oldest: number;
  /** Without bodies. */
  #bytes = 0;

  /** @param first the sequence that comes first */
  constructor(places: number, maxBytes: number, first: number) {
    this.#places = places;
    this.#maxBytes = maxBytes;
    this.#kept = new Array(places);
    this.arena = new BodyArena(maxBytes);
    this.#oldest = first;
    this.#newest = first - 1;
  }

  /** Bytes that are taken, bodies included. */
  get bytes(): number {
    return this.#bytes + this.arena.bytes;
  }

  /** Keeps the details of the request that follows the latest one; those in its place must have been dropped. */
  add(trace: RequestTrace, parts: RecordedParts | null): void {
    if (parts) storeBodies(parts, this.arena);
    const bytes = estimateBytes(trace) + (parts ? estimatePartsBytes(parts) : 0);
    this.#newest += 1;
    this.#kept[this.#newest % this.#places] = { trace, parts, bytes };
    this.#sequences.set(trace.requestId, this.#newest);
    this.#bytes += bytes;
    while (this.bytes > this.#maxBytes && this.#oldest <= this.#newest) this.#dropOldest();
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

  /** Drops everything. */
  clear(): void {
    this.dropUpTo(this.#newest);
    this.arena.clear();
  }

  #dropOldest(): void {
    const sequence = this.#oldest;
    const place = sequence % this.#places;
    const kept = this.#kept[place];
    this.#kept[place] = undefined;
    this.#oldest += 1;
    if (!kept) return;
    this.#bytes -= kept.bytes;
    if (this.#sequences.get(kept.trace.requestId) === sequence) this.#sequences.delete(kept.trace.requestId);
  }
}
