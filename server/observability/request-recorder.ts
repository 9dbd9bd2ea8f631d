import type { RequestFilter, RequestList, RequestSummary } from '../contract/requests.ts';
import { matcherOf } from '../contract/requests.ts';
import type { RequestTrace } from './trace.ts';

/** Which part of the recorded requests is wanted; see `listRequestsInput` of the contract. */
export interface RequestPage extends RequestFilter {
  readonly limit: number;
  readonly offset: number;
  readonly upTo?: number | undefined;
  readonly before?: number | undefined;
}

interface Detail {
  readonly trace: RequestTrace;
  readonly bytes: number;
}

/**
 * Keeps the latest finished requests in memory: what lists show of up to `maxRequests`, and everything else (ladder,
 * spans, SQL, headers) of the newest within `maxBytes`. Nothing is written anywhere.
 *
 * Sequences count up without gaps in the order in which requests end, so a place in the rings is a remainder and
 * pages of a list stay as they are while requests that began earlier are still running.
 */
export class RequestRecorder {
  readonly #maxRequests: number;
  readonly #maxBytes: number;
  /** Rings: what belongs to a sequence lies at its remainder by `maxRequests`. */
  readonly #summaries: (RequestSummary | undefined)[];
  readonly #details: (Detail | undefined)[];
  /** The latest request of each id whose details are kept: a client may send the same id again. */
  readonly #sequences = new Map<string, number>();
  readonly #stores = new Map<number, NonNullable<RequestSummary['store']>>();
  readonly #listeners = new Set<() => void>();
  #newest = 0;
  #oldest = 1;
  #oldestDetail = 1;
  #bytes = 0;

  constructor(limits: { readonly maxRequests: number; readonly maxBytes: number }) {
    this.#maxRequests = limits.maxRequests;
    this.#maxBytes = limits.maxBytes;
    this.#summaries = new Array(limits.maxRequests);
    this.#details = new Array(limits.maxRequests);
  }

  /** Takes a finished request and gives it its sequence; returns what lists show of it, or null when recording is off. */
  add(trace: RequestTrace): RequestSummary | null {
    if (this.#maxRequests === 0) return null;
    if (this.#newest - this.#oldest + 1 === this.#maxRequests) this.#dropOldest();
    this.#newest += 1;
    trace.sequence = this.#newest;
    trace.store = this.#shared(trace.store);
    const place = this.#newest % this.#maxRequests;
    const summary = summarizeRequest(trace);
    const bytes = estimateBytes(trace);
    this.#summaries[place] = summary;
    this.#details[place] = { trace, bytes };
    this.#sequences.set(trace.requestId, this.#newest);
    this.#bytes += bytes;
    while (this.#bytes > this.#maxBytes) this.#dropOldestDetail();
    for (const listener of this.#listeners) listener();
    return summary;
  }

  /** Everything of a request; `dropped` when only its line in the list is kept, null when not even that. */
  get(requestId: string): RequestTrace | 'dropped' | null {
    const kept = this.#details[(this.#sequences.get(requestId) ?? -1) % this.#maxRequests];
    if (kept) return kept.trace;
    return this.#summaries.some((summary) => summary?.requestId === requestId) ? 'dropped' : null;
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

  /** Forgets every request; returns how many. Sequences go on where they were. */
  clear(): number {
    const removed = this.#newest - this.#oldest + 1;
    this.#summaries.fill(undefined);
    this.#details.fill(undefined);
    this.#sequences.clear();
    this.#stores.clear();
    this.#oldest = this.#oldestDetail = this.#newest + 1;
    this.#bytes = 0;
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
    return { requests, bytes: this.#bytes, maxRequests: this.#maxRequests, maxBytes: this.#maxBytes };
  }

  /** What lists show of a request that is kept. */
  #summary(sequence: number): RequestSummary {
    const summary = this.#summaries[sequence % this.#maxRequests];
    if (!summary) throw new RangeError(`Request ${sequence} is not kept.`);
    return summary;
  }

  #dropOldest(): void {
    if (this.#oldestDetail === this.#oldest) this.#dropOldestDetail();
    this.#summaries[this.#oldest % this.#maxRequests] = undefined;
    this.#oldest += 1;
  }

  #dropOldestDetail(): void {
    const sequence = this.#oldestDetail;
    const place = sequence % this.#maxRequests;
    const detail = this.#details[place];
    this.#oldestDetail += 1;
    this.#details[place] = undefined;
    if (!detail) return;
    this.#bytes -= detail.bytes;
    if (this.#sequences.get(detail.trace.requestId) === sequence) this.#sequences.delete(detail.trace.requestId);
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

function summarizeRequest(trace: RequestTrace): RequestSummary {
  const { sequence, requestId, startedAt, method, host, path, status, durationMs, mode, area, store, outcome } = trace;
  const { role, flags, origin } = trace;
  return {
    sequence,
    requestId,
    startedAt,
    method,
    host,
    path,
    status,
    durationMs,
    mode,
    area,
    store,
    outcome,
    statements: trace.sql.length,
    role,
    flags,
    origin,
  };
}

/** Counts the parts that vary; V8 keeps Latin-1 text in a byte a character, objects in a few dozen bytes. */
function estimateBytes(trace: RequestTrace): number {
  let bytes = 2000 + 2 * trace.path.length + trace.spans.length * 100;
  for (const rung of trace.ladder) bytes += 200 + 2 * (rung.input.length + rung.reason.length);
  for (const statement of trace.sql) bytes += 150 + statement.sql.length + (statement.parameters?.length ?? 0);
  for (const headers of [trace.requestHeaders, trace.responseHeaders]) {
    for (const name in headers) bytes += 50 + name.length + (headers[name]?.length ?? 0);
  }
  return bytes;
}
