import type { RequestFilter, RequestList, RequestSummary } from '../contract/requests.ts';
import { matcherOf } from '../contract/requests.ts';
import type { KeptText } from './body-capture.ts';
import { LogRing } from './log-ring.ts';
import { completed, type OriginalRequest, originalOf, type RecordedParts } from './recorded-parts.ts';
import { type RequestDetail, RequestDetails } from './request-details.ts';
import { summarizeRequest } from './summarize-request.ts';
import type { RequestTrace } from './trace.ts';

/** Which part of the recorded requests is wanted; see `listRequestsInput` of the contract. */
export interface RequestPage extends RequestFilter {
  readonly limit: number;
  readonly offset: number;
  readonly upTo?: number | undefined;
  readonly before?: number | undefined;
}

/** Where requests are kept across restarts. */
export interface RequestArchive {
  /** Everything of a request; null when it is not there. */
  detail(sequence: number): RequestTrace | null;
  clear(): void;
}

export interface RecorderOptions {
  readonly maxRequests: number;
  /** For details; see {@link RequestDetails}. */
  readonly maxBytes: number;
  /** Requests of an earlier run, oldest first, their sequences without gaps. */
  readonly restored?: readonly RequestSummary[];
  /** Reads the lines of the log that were written during a request. */
  readonly log?: LogRing;
}

/**
 * Keeps the latest finished requests in memory: what lists show of up to `maxRequests`, and everything else (ladder,
 * spans, SQL, headers, bodies) of the newest within `maxBytes`.
 *
 * Sequences count up without gaps in the order in which requests end, so a place in the ring is a remainder and
 * pages of a list stay as they are while requests that began earlier are still running.
 */
export class RequestRecorder {
  readonly #maxRequests: number;
  readonly #maxBytes: number;
  /** A ring: what belongs to a sequence lies at its remainder by `maxRequests`. */
  readonly #summaries: (RequestSummary | undefined)[];
  readonly #details: RequestDetails;
  readonly #stores = new Map<number, NonNullable<RequestSummary['store']>>();
  readonly #listeners = new Set<() => void>();
  #newest = 0;
  #oldest = 1;
  readonly #log: LogRing;
  #archive: RequestArchive | null = null;

  constructor(options: RecorderOptions) {
    const { maxRequests, restored = [] } = options;
    this.#maxRequests = maxRequests;
    this.#maxBytes = options.maxBytes;
    this.#log = options.log ?? new LogRing();
    this.#summaries = new Array(maxRequests);
    if (maxRequests > 0) this.#restore(restored.slice(-maxRequests));
    // Details of an earlier run are read from the archive.
    this.#details = new RequestDetails(maxRequests, options.maxBytes, this.#newest + 1);
  }

  /** Whether requests are recorded at all. */
  get isOn(): boolean {
    return this.#maxRequests > 0;
  }

  /** Where to look for what is not in memory any more; null ends that. */
  set archive(archive: RequestArchive | null) {
    this.#archive = archive;
  }

  /**
   * Takes a finished request, recorded here or elsewhere, and gives it its sequence. Its id, time and origin are its own.
   * @returns what lists show of it, or null when recording is off
   */
  add(trace: RequestTrace, parts: RecordedParts | null = null): RequestSummary | null {
    if (this.#maxRequests === 0) return null;
    if (this.#newest - this.#oldest + 1 === this.#maxRequests) this.#dropOldest();
    this.#newest += 1;
    trace.sequence = this.#newest;
    trace.store = this.#shared(trace.store);
    const summary = summarizeRequest(trace);
    this.#summaries[this.#newest % this.#maxRequests] = summary;
    this.#details.add(trace, parts);
    for (const listener of this.#listeners) listener();
    return summary;
  }

  /** Keeps a body that is there as a whole text; null when it has another length, or is larger than everything. */
  keepText(text: string, bytes: number): KeptText | null {
    const { arena } = this.#details;
    const place = arena.storeText(text, bytes);
    const copy = place === null ? null : arena.read(place, bytes);
    return place === null || copy === null ? null : { place, bytes: copy };
  }

  /** Everything of a request; `dropped` when only its line in the list is kept, null when not even that. */
  get(requestId: string): RequestTrace | 'dropped' | null {
    const kept = this.#details.find(requestId);
    if (kept) return this.#completed(kept);
    for (let sequence = this.#newest; sequence >= this.#oldest; sequence -= 1)
      if (this.#summary(sequence).requestId === requestId) return this.#archive?.detail(sequence) ?? 'dropped';
    return null;
  }

  /** Everything of a request by its sequence; null when its details are not in memory. */
  at(sequence: number): RequestTrace | null {
    const kept = this.#details.at(sequence);
    return kept ? this.#completed(kept) : null;
  }

  /** The same of one that may be kept on disk alone; null when its details are not kept any more. */
  detail(sequence: number): RequestTrace | null {
    return this.at(sequence) ?? (this.isKept(sequence) ? (this.#archive?.detail(sequence) ?? null) : null);
  }

  /** A request as it came, secrets included: for sending it again alone. Null when that is not known any more. */
  original(requestId: string): OriginalRequest | null {
    const parts = this.#details.find(requestId)?.parts;
    return parts ? originalOf(parts, this.#details.arena) : null;
  }

  /** A page of the requests that match, newest first, and how many there are. */
  list(page: RequestPage): Omit<RequestList, 'kept'> {
    const { limit, offset, upTo = this.#newest, before = Number.POSITIVE_INFINITY, ...filter } = page;
    const requests: RequestSummary[] = [];
    const newest = Math.min(upTo, this.#newest);
    const isFiltered = Object.values(filter).some((value) => value !== undefined);
    if (!isFiltered) {
      const first = Math.min(newest, before - 1) - offset;
      for (let sequence = first; sequence >= this.#oldest && requests.length < limit; sequence -= 1)
        requests.push(this.#summary(sequence));
      return { requests, total: Math.max(0, newest - this.#oldest + 1), newest: this.#newest };
    }
    const isWanted = matcherOf(filter);
    let total = 0;
    let toSkip = offset;
    for (let sequence = newest; sequence >= this.#oldest; sequence -= 1) {
      const summary = this.#summary(sequence);
      if (!isWanted(summary)) continue;
      total += 1;
      if (sequence >= before || requests.length >= limit) continue;
      if (toSkip > 0) toSkip -= 1;
      else requests.push(summary);
    }
    return { requests, total, newest: this.#newest };
  }

  /** Requests of two sequences and between, oldest first; null when one of them is not kept any more. */
  between(first: number, last: number): RequestSummary[] | null {
    if (first < this.#oldest || last > this.#newest) return null;
    return Array.from({ length: last - first + 1 }, (_, index) => this.#summary(first + index));
  }

  /** Whether lists still have a request. */
  isKept(sequence: number): boolean {
    return sequence >= this.#oldest && sequence <= this.#newest;
  }

  /** The sequence of the request that ended last; 0 when there was none. */
  get newest(): number {
    return this.#newest;
  }

  /** The oldest sequence that lists still have; above `newest` when there is none. */
  get oldest(): number {
    return this.#oldest;
  }

  /** Forgets every request; returns how many. Sequences go on where they were. */
  clear(): number {
    const removed = this.#newest - this.#oldest + 1;
    this.#summaries.fill(undefined);
    this.#details.clear();
    this.#stores.clear();
    this.#oldest = this.#newest + 1;
    this.#archive?.clear();
    return removed;
  }

  /** Calls `listener` after every request that was added; returns the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `bytes` and `maxBytes` are of the details alone. */
  stats(): RequestList['kept'] {
    const requests = this.#newest - this.#oldest + 1;
    return { requests, bytes: this.#details.bytes, maxRequests: this.#maxRequests, maxBytes: this.#maxBytes };
  }

  /** What lists show of a request that is kept. */
  #summary(sequence: number): RequestSummary {
    const summary = this.#summaries[sequence % this.#maxRequests];
    if (!summary) throw new RangeError(`Request ${sequence} is not kept.`);
    return summary;
  }

  #restore(summaries: readonly RequestSummary[]): void {
    const [first] = summaries;
    if (!first) return;
    for (const summary of summaries)
      this.#summaries[summary.sequence % this.#maxRequests] = { ...summary, store: this.#shared(summary.store) };
    this.#oldest = first.sequence;
    this.#newest = first.sequence + summaries.length - 1;
  }

  #completed({ trace, parts }: RequestDetail): RequestTrace {
    return completed(trace, parts, { log: this.#log, arena: this.#details.arena });
  }

  #dropOldest(): void {
    this.#details.dropUpTo(this.#oldest);
    this.#summaries[this.#oldest % this.#maxRequests] = undefined;
    this.#oldest += 1;
  }

  /** One object a store instead of one a request: there may be a hundred thousand of them. */
  #shared(store: RequestSummary['store']): RequestSummary['store'] {
    if (!store) return null;
    const known = this.#stores.get(store.id);
    if (known && known.code === store.code && known.name === store.name && known.color === store.color) return known;
    this.#stores.set(store.id, store);
    return store;
  }
}
