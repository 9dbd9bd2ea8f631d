/**
 * What happened during one request: the routing ladder, the middleware's spans and every SQL statement.
 * Attribute names follow OpenTelemetry's stable conventions where the trace is exported; in memory it is a
 * plain object, because recording must cost next to nothing (docs/DECISIONS.md, 2026-11-21 "Traces").
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestTrace as FinishedTrace } from '../contract/requests.ts';

/**
 * A request and its answer, as the contract has them. Mutable while it runs, never changed afterwards; its sequence
 * is given when it is kept (see RequestRecorder).
 */
export type RequestTrace = { -readonly [Member in keyof FinishedTrace]: FinishedTrace[Member] };
type Span = RequestTrace['spans'][number];

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
