/**
 * What happened during one request: the routing ladder, the middleware's spans, every SQL statement and line of the log.
 * Attribute names follow OpenTelemetry's stable conventions where the trace is exported; in memory it is a
 * plain object, because recording must cost next to nothing (docs/DECISIONS.md, 2026-11-21 "Traces").
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestTrace as FinishedTrace } from '../contract/requests.ts';
import type { KeptLine } from './log-ring.ts';

/**
 * A request and its answer, as the contract has them. Mutable while it runs, never changed afterwards; its sequence
 * is given when it is kept (see RequestRecorder).
 */
export type RequestTrace = { -readonly [Member in keyof FinishedTrace]: FinishedTrace[Member] };
type Span = RequestTrace['spans'][number];

/** A request that is being recorded. */
export interface ActiveTrace {
  readonly trace: RequestTrace;
  readonly origin: number;
  /** Index of the span that is open now. */
  current: number | null;
  /** What was logged while it ran. */
  readonly lines: KeptLine[];
  /** Whether there was more than is kept. */
  isTruncated: boolean;
}

const MAX_SPANS = 200;
const MAX_STATEMENTS = 500;
const MAX_LINES = 200;
const MAX_SQL_LENGTH = 4000;
const MAX_TEXTS = 1000;
/** Of a bound value that is text, in characters. */
export const MAX_VALUE_LENGTH = 200;
const active = new AsyncLocalStorage<ActiveTrace>();

/** Begins to record on `trace`; what is recorded beside it can be read from what is returned. */
export function beginActive(trace: RequestTrace): ActiveTrace {
  return { trace, origin: performance.now(), current: null, lines: [], isTruncated: false };
}

/** Runs `work` so that statements and lines of the log inside it belong to a recording that has begun. */
export function runActive<Result>(recording: ActiveTrace, work: () => Result): Result {
  return active.run(recording, work);
}

/** The id of the request that the running code belongs to, or null. */
export function currentRequestId(): string | null {
  return active.getStore()?.trace.requestId ?? null;
}

/** Adds a line of the log to the current trace, if there is one. */
export function recordLine(line: KeptLine): void {
  const context = active.getStore();
  if (!context) return;
  if (context.lines.length < MAX_LINES) context.lines.push(line);
  else context.isTruncated = true;
}

/**
 * Begins a span, within the one that is open. It takes the recording rather than looking for it, and no function to run:
 * there is one for every middleware of every request.
 * @returns null when there are as many as are kept
 */
export function openSpan(recording: ActiveTrace, name: string): Span | null {
  const { spans } = recording.trace;
  if (spans.length >= MAX_SPANS) {
    recording.isTruncated = true;
    return null;
  }
  const span: Span = {
    name,
    startMs: performance.now() - recording.origin,
    durationMs: null,
    parent: recording.current,
  };
  recording.current = spans.push(span) - 1;
  return span;
}

/** Ends a span; the one around it is open again. */
export function closeSpan(recording: ActiveTrace, span: Span): void {
  span.durationMs = performance.now() - recording.origin - span.startMs;
  recording.current = span.parent;
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
  if (!context) return;
  if (context.trace.sql.length >= MAX_STATEMENTS) {
    context.isTruncated = true;
    return;
  }
  context.trace.sql.push({
    sql: keptText(event.sql),
    parameters: describeParameters(event.parameters),
    startMs: event.startedAt - context.origin,
    durationMs: event.durationMs,
    rows: event.rows,
    error: event.error?.message ?? null,
    span: context.current,
  });
}

const texts = new Map<string, string>();

/** One text for each statement instead of one a request: they are built anew every time, and thousands of requests are kept. */
function keptText(sql: string): string {
  if (sql.length > MAX_SQL_LENGTH) return `${sql.slice(0, MAX_SQL_LENGTH)}…`;
  const known = texts.get(sql);
  if (known !== undefined) return known;
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(sql, sql);
  return sql;
}

function describeParameters(parameters: unknown): string | null {
  if (parameters === null || parameters === undefined) return null;
  if (Array.isArray(parameters) && parameters.length === 0) return null;
  const text = JSON.stringify(parameters, shortened);
  return text === '{}' ? null : text;
}

/** How a value is kept: long texts by their beginning, bytes by their number. */
function shortened(_key: string, value: unknown): unknown {
  if (typeof value === 'string')
    return value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array || isBufferJson(value)) return '[bytes]';
  return value;
}

/** What a Buffer has become before it is asked about. */
function isBufferJson(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value;
}
