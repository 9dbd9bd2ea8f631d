/** What is worth knowing about a request's time and SQL; see docs/INSPECTOR.md for the thresholds. */
import type { Insight, RequestFlag, SqlRecord } from '../contract/requests.ts';
import type { RequestTrace } from './trace.ts';

export interface Thresholds {
  readonly slowRequestMs: number;
  readonly slowStatementMs: number;
}

/** One statement so many times with other values is a loop that one statement could replace. */
export const N_PLUS_ONE_FROM = 5;
/** The same question asked so many times could have been asked once. */
export const REPEATED_FROM = 2;
const BRACKETS = /^\s*(begin|commit|rollback|savepoint|release|start|set|pragma|select (pg_advisory|set_config))/i;
const MAX_SHOWN = 80;
const MAX_SHAPES = 1000;

/**
 * Looks for what stands out; usually that is nothing, and costs next to nothing.
 * @param contentType of the answer: a stream is as long as somebody listens
 */
export function notice(
  trace: Pick<RequestTrace, 'durationMs' | 'sql'>,
  thresholds: Thresholds,
  contentType: string,
): Insight[] {
  const { durationMs, sql } = trace;
  const found: Insight[] = [];
  if (durationMs !== null && durationMs >= thresholds.slowRequestMs && !contentType.startsWith('text/event-stream'))
    found.push(slowRequest(sql, durationMs));
  const slow = slowOnes(sql, thresholds.slowStatementMs);
  if (slow.length > 0) found.push(slowStatements(sql, slow));
  if (hasRepetition(sql)) for (const group of groupsOf(sql)) found.push(...repetitions(sql, group));
  return found;
}

/** The flags of a list's line. */
export function flagsOf(trace: RequestTrace, isTruncated: boolean): RequestFlag[] {
  const flags: RequestFlag[] = [];
  if ((trace.status ?? 0) >= 500) flags.push('error');
  for (const { kind } of trace.insights) if (!flags.includes(kind)) flags.push(kind);
  if (isTruncated) flags.push('truncated');
  return flags;
}

function slowOnes(sql: readonly SqlRecord[], fromMs: number): number[] {
  const found: number[] = [];
  for (let index = 0; index < sql.length; index += 1) if ((sql[index]?.durationMs ?? 0) >= fromMs) found.push(index);
  return found;
}

/** Whether any two statements are alike, so that only then they have to be put into groups. */
function hasRepetition(sql: readonly SqlRecord[]): boolean {
  if (sql.length < REPEATED_FROM) return false;
  const seen = new Set<string>();
  for (const statement of sql) seen.add(comparedBy(statement, sql.length));
  return seen.size < sql.length;
}

/** N+1 is about the shape; fewer statements can only be the same ones again. */
function comparedBy({ sql }: SqlRecord, count: number): string {
  return count < N_PLUS_ONE_FROM ? sql : knownShape(sql);
}

function slowRequest(sql: readonly SqlRecord[], durationMs: number): Insight {
  const inDatabase = sql.reduce((total, statement) => total + statement.durationMs, 0);
  const share = Math.round((100 * Math.min(inDatabase, durationMs)) / durationMs);
  const advice = share >= 50 ? 'Look at its statements first.' : 'Look at the spans: the time is not in the database.';
  return {
    kind: 'slow',
    message: `It took ${Math.round(durationMs)} ms, ${share} % of it in the database. ${advice}`,
    statements: [],
  };
}

function slowStatements(sql: readonly SqlRecord[], slow: number[]): Insight {
  const longest = Math.max(...slow.map((index) => sql[index]?.durationMs ?? 0));
  const what = slow.length === 1 ? 'A statement took' : `${slow.length} statements took up to`;
  return {
    kind: 'slow_sql',
    message: `${what} ${Math.round(longest)} ms. EXPLAIN says whether an index is missing.`,
    statements: slow,
  };
}

/** Statements of one shape that one span sent; only those that were sent more than once. */
function groupsOf(sql: readonly SqlRecord[]): number[][] {
  const groups = new Map<string, number[]>();
  for (let index = 0; index < sql.length; index += 1) {
    const statement = sql[index];
    if (!statement || BRACKETS.test(statement.sql)) continue;
    const shape = comparedBy(statement, sql.length);
    const group = groups.get(shape);
    if (group) group.push(index);
    else groups.set(shape, [index]);
  }
  const repeated = [...groups.values()].filter((group) => group.length >= REPEATED_FROM);
  return repeated.flatMap((group) => bySpan(sql, group)).filter((group) => group.length >= REPEATED_FROM);
}

function bySpan(sql: readonly SqlRecord[], group: readonly number[]): number[][] {
  return [...Map.groupBy(group, (index) => sql[index]?.span).values()];
}

const shapes = new Map<string, string>();

function knownShape(sql: string): string {
  const known = shapes.get(sql);
  if (known !== undefined) return known;
  const shape = shapeOf(sql);
  if (shapes.size >= MAX_SHAPES) shapes.clear();
  shapes.set(sql, shape);
  return shape;
}

/** A statement without its values, so that those that differ in nothing else are alike. */
export function shapeOf(sql: string): string {
  return sql
    .replace(/'(?:[^']|'')*'/g, '?')
    .replace(/\$\d+|\b\d+(?:\.\d+)?\b/g, '?')
    .replace(/\(\s*\?(?:\s*,\s*\?)+\s*\)/g, '(?)')
    .replace(/\s+/g, ' ');
}

function repetitions(sql: readonly SqlRecord[], group: readonly number[]): Insight[] {
  const byValues = new Map<string, number[]>();
  for (const index of group) {
    const values = `${sql[index]?.sql} ${sql[index]?.parameters}`;
    byValues.set(values, [...(byValues.get(values) ?? []), index]);
  }
  const text = sql[group[0] ?? 0]?.sql ?? '';
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  const found: Insight[] = [];
  if (group.length >= N_PLUS_ONE_FROM && byValues.size > 1)
    found.push({
      kind: 'n_plus_one',
      message: `One statement ran ${group.length} times with other values (N+1): ${shown} Read all rows with one statement, with IN or a join.`,
      statements: [...group],
    });
  const isRead = /^\s*(select|with)\b/i.test(text);
  const repeated = isRead ? [...byValues.values()].filter((same) => same.length >= REPEATED_FROM) : [];
  if (repeated.length > 0)
    found.push({
      kind: 'repeated_sql',
      message: `The same statement with the same values ran ${Math.max(...repeated.map((same) => same.length))} times: ${shown} Keep the first answer for the rest of the request.`,
      statements: repeated.flat(),
    });
  return found;
}
