/**
 * What happened during one request: the routing ladder, the middleware's spans and every SQL statement.
 * Attribute names follow OpenTelemetry's stable conventions where the trace is exported; in memory it is a
 * plain object, because recording must cost next to nothing (docs/DECISIONS.md, 2026-11-21 "Traces").
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Area, Resolution, RoutingMode, Rung } from '../tenancy/resolution.ts';

export interface Span {
  readonly name: string;
  /** Milliseconds since the request began. */
  readonly startMs: number;
  /** Milliseconds, its children included; null while it runs. */
  durationMs: number | null;
  /** Index of the span around it, or null. */
  readonly parent: number | null;
}

export interface SqlRecord {
  readonly sql: string;
  /** The bound values, as text. */
  readonly parameters: string | null;
  readonly startMs: number;
  readonly durationMs: number;
  readonly rows: number;
  readonly error: string | null;
  /** Index of the span that sent it, or null. */
  readonly span: number | null;
}

export interface TraceStore {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly color: string;
}

/** A request and its answer. Mutable while it runs, never changed afterwards. */
export interface RequestTrace {
  /** Counts up; the newest request has the highest. */
  readonly sequence: number;
  readonly requestId: string;
  /** W3C trace id, taken from `traceparent` when it came with the request. */
  readonly traceId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  status: number | null;
  durationMs: number | null;
  route: string | null;
  outcome: Resolution['outcome'] | null;
  mode: RoutingMode | null;
  area: Area | null;
  cleanPath: string | null;
  hint: string | null;
  refusal: string | null;
  store: TraceStore | null;
  ladder: readonly Rung[];
  readonly spans: Span[];
  readonly sql: SqlRecord[];
  responseHeaders: Readonly<Record<string, string>>;
  error: {
    readonly name: string;
    readonly code: string | null;
    readonly message: string;
    readonly stack: string | null;
  } | null;
}

interface ActiveTrace {
  readonly trace: RequestTrace;
  readonly origin: number;
  /** Index of the span that is open now. */
  current: number | null;
}

const MAX_SPANS = 200;
const MAX_STATEMENTS = 500;
const MAX_SQL_LENGTH = 4000;
const active = new AsyncLocalStorage<ActiveTrace>();

/** Runs `work` so that spans and statements inside it are recorded on `trace`. */
export function runInTrace<Result>(trace: RequestTrace, work: () => Result): Result {
  return active.run({ trace, origin: performance.now(), current: null }, work);
}

/** Runs `work` as a span of the current trace. */
export async function inSpan<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const context = active.getStore();
  if (!context || context.trace.spans.length >= MAX_SPANS) return work();
  const parent = context.current;
  const startedAt = performance.now();
  const span: Span = { name, startMs: startedAt - context.origin, durationMs: null, parent };
  context.current = context.trace.spans.push(span) - 1;
  try {
    return await work();
  } finally {
    span.durationMs = performance.now() - startedAt;
    context.current = parent;
  }
}

/** Adds a statement to the current trace, if there is one. */
export function recordStatement(event: {
  readonly sql: string;
  readonly parameters: unknown;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly rows: number;
  readonly error?: Error;
}): void {
  const context = active.getStore();
  if (!context || context.trace.sql.length >= MAX_STATEMENTS) return;
  context.trace.sql.push({
    sql: event.sql.length > MAX_SQL_LENGTH ? `${event.sql.slice(0, MAX_SQL_LENGTH)}…` : event.sql,
    parameters: describeParameters(event.parameters),
    startMs: event.startedAt - context.origin,
    durationMs: event.durationMs,
    rows: event.rows,
    error: event.error?.message ?? null,
    span: context.current,
  });
}

function describeParameters(parameters: unknown): string | null {
  if (parameters === null || parameters === undefined) return null;
  if (Array.isArray(parameters) && parameters.length === 0) return null;
  const text = JSON.stringify(parameters, (_key, value) =>
    typeof value === 'string' && value.length > 200 ? `${value.slice(0, 200)}…` : value,
  );
  return text === '{}' ? null : text;
}
