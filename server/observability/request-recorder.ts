import { EventEmitter } from 'node:events';
import type { RequestTrace } from './trace.ts';

/** What of a request a list shows. */
export type RequestSummary = Pick<
  RequestTrace,
  | 'sequence'
  | 'requestId'
  | 'startedAt'
  | 'method'
  | 'host'
  | 'path'
  | 'status'
  | 'durationMs'
  | 'mode'
  | 'area'
  | 'store'
  | 'outcome'
> & { readonly statements: number };

export interface RequestFilter {
  /** Store code. */
  readonly store?: string | undefined;
  readonly mode?: string | undefined;
  readonly area?: string | undefined;
  /** `404`, or a class such as `4xx`. */
  readonly status?: string | undefined;
  /** Text in method, host or path. */
  readonly text?: string | undefined;
}

/**
 * Keeps the latest finished requests in memory, within a number and a size; the oldest go first.
 * Nothing is written anywhere.
 */
export class RequestRecorder {
  readonly #maxRequests: number;
  readonly #maxBytes: number;
  /** By sequence, oldest first. */
  readonly #kept = new Map<number, { readonly trace: RequestTrace; readonly bytes: number }>();
  /** The latest request of each id: a client may send the same id again. */
  readonly #sequences = new Map<string, number>();
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #bytes = 0;
  #sequence = 0;

  constructor(limits: { readonly maxRequests: number; readonly maxBytes: number }) {
    this.#maxRequests = limits.maxRequests;
    this.#maxBytes = limits.maxBytes;
  }

  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** Takes a finished request. */
  add(trace: RequestTrace): void {
    if (this.#maxRequests === 0) return;
    const bytes = estimateBytes(trace);
    this.#kept.set(trace.sequence, { trace, bytes });
    this.#sequences.set(trace.requestId, trace.sequence);
    this.#bytes += bytes;
    this.#dropOldest();
    if (this.#emitter.listenerCount('request') > 0) this.#emitter.emit('request', summarizeRequest(trace));
  }

  get(requestId: string): RequestTrace | null {
    return this.#kept.get(this.#sequences.get(requestId) ?? -1)?.trace ?? null;
  }

  /** Newest first; `before` is the sequence of the last one already seen. */
  list(filter: RequestFilter = {}, limit = 100, before = Number.POSITIVE_INFINITY): RequestSummary[] {
    const found: RequestSummary[] = [];
    for (const { trace } of [...this.#kept.values()].reverse()) {
      if (found.length >= limit) break;
      if (trace.sequence < before && matches(trace, filter)) found.push(summarizeRequest(trace));
    }
    return found;
  }

  /** Requests after a sequence, oldest first: what a live view missed while it was away. */
  since(sequence: number): RequestSummary[] {
    return [...this.#kept.values()]
      .filter(({ trace }) => trace.sequence > sequence)
      .map(({ trace }) => summarizeRequest(trace));
  }

  /** Calls `listener` for every finished request; returns the function that ends it. */
  subscribe(listener: (summary: RequestSummary) => void): () => void {
    this.#emitter.on('request', listener);
    return () => this.#emitter.off('request', listener);
  }

  stats(): {
    readonly requests: number;
    readonly bytes: number;
    readonly maxRequests: number;
    readonly maxBytes: number;
  } {
    return { requests: this.#kept.size, bytes: this.#bytes, maxRequests: this.#maxRequests, maxBytes: this.#maxBytes };
  }

  #dropOldest(): void {
    for (const [sequence, { trace, bytes }] of this.#kept) {
      if (this.#kept.size <= this.#maxRequests && this.#bytes <= this.#maxBytes) return;
      this.#kept.delete(sequence);
      if (this.#sequences.get(trace.requestId) === sequence) this.#sequences.delete(trace.requestId);
      this.#bytes -= bytes;
    }
  }
}

export function matches(
  request: Pick<RequestTrace, 'store' | 'mode' | 'area' | 'status' | 'method' | 'host' | 'path'>,
  filter: RequestFilter,
): boolean {
  if (filter.store && request.store?.code !== filter.store) return false;
  if (filter.mode && request.mode !== filter.mode) return false;
  if (filter.area && request.area !== filter.area) return false;
  if (filter.status && !statusMatches(request.status, filter.status)) return false;
  return (
    !filter.text || `${request.method} ${request.host}${request.path}`.toLowerCase().includes(filter.text.toLowerCase())
  );
}

function statusMatches(status: number | null, wanted: string): boolean {
  const group = /^([1-5])xx$/.exec(wanted);
  return group ? Math.floor((status ?? 0) / 100) === Number(group[1]) : String(status) === wanted;
}

function summarizeRequest(trace: RequestTrace): RequestSummary {
  const { sequence, requestId, startedAt, method, host, path, status, durationMs, mode, area, store, outcome } = trace;
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
  };
}

/** Counts the parts that vary; V8 keeps Latin-1 text in a byte a character, objects in a few dozen bytes. */
function estimateBytes(trace: RequestTrace): number {
  let bytes = 2000 + 2 * trace.path.length + trace.spans.length * 100;
  for (const rung of trace.ladder) bytes += 200 + 2 * (rung.input.length + rung.reason.length);
  for (const statement of trace.sql) bytes += 150 + statement.sql.length + (statement.parameters?.length ?? 0);
  for (const headers of [trace.requestHeaders, trace.responseHeaders]) {
    for (const [name, value] of Object.entries(headers)) bytes += 50 + name.length + value.length;
  }
  return bytes;
}
