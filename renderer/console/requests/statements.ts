import type { Insight, SqlRecord } from '../../../server/contract/requests.ts';
import { scopeMarks } from './sql-text.ts';

/** The same statement, sent once or more often. */
export interface StatementGroup {
  readonly sql: string;
  /** In the order they were sent; at least one. */
  readonly runs: readonly SqlRecord[];
  /** Where the runs stand in the request. */
  readonly indexes: readonly number[];
  /** Milliseconds of all runs together. */
  readonly totalMs: number;
  /** Rows of all runs together. */
  readonly rows: number;
  readonly hasFailed: boolean;
}

/** Puts runs of the same text together, in the order of their first. */
export function groupStatements(statements: readonly SqlRecord[]): readonly StatementGroup[] {
  const groups = new Map<string, { readonly run: SqlRecord; readonly index: number }[]>();
  const sent = statements
    .map((run, index) => ({ run, index }))
    .sort((one, other) => one.run.startMs - other.run.startMs);
  for (const one of sent) {
    const known = groups.get(one.run.sql);
    if (known) known.push(one);
    else groups.set(one.run.sql, [one]);
  }
  return [...groups].map(([sql, all]) => {
    const runs = all.map(({ run }) => run);
    return {
      sql,
      runs,
      indexes: all.map(({ index }) => index),
      totalMs: runs.reduce((sum, { durationMs }) => sum + durationMs, 0),
      rows: runs.reduce((sum, { rows }) => sum + rows, 0),
      hasFailed: runs.some(({ error }) => error !== null),
    };
  });
}

/** What was noticed about the statements of a group. */
export function insightsOf(group: StatementGroup, insights: readonly Insight[]): readonly Insight[] {
  return insights.filter(({ statements }) => statements.some((index) => group.indexes.includes(index)));
}

/**
 * How a statement is bound to a store: `own` by the request's store, `other` by one that is not, `added` when it adds
 * rows with a store; null when it names no store, as the platform's own tables do.
 */
export interface Scope {
  readonly kind: 'own' | 'other' | 'added';
  /** The store ids as they were bound, as text; empty when they cannot be read. */
  readonly ids: readonly string[];
}

/** Finds the store a statement was bound to; `storeId` is the request's own, or null. */
export function scopeOf(statement: Pick<SqlRecord, 'sql' | 'parameters'>, storeId: number | null): Scope | null {
  const marks = scopeMarks(statement.sql);
  if (marks.length === 0) return null;
  const conditions = marks.filter(({ value }) => value !== null);
  if (conditions.length === 0) return { kind: 'added', ids: [] };
  const bound = boundValues(statement.parameters);
  const ids = conditions.flatMap(({ start, value }) => readIds(value ?? '', statement.sql.slice(0, start), bound));
  const isOther = storeId !== null && ids.some((id) => id !== String(storeId));
  return { kind: isOther ? 'other' : 'own', ids: [...new Set(ids)] };
}

/** The values of a statement as pairs of name and value, in order: `$1`, `1`. */
export function parameterPairs(parameters: string | null): readonly (readonly [string, string])[] {
  const bound = boundValues(parameters);
  if (!bound) return parameters ? [['values', parameters]] : [];
  const isList = Array.isArray(bound);
  return Object.entries(bound).map(([name, value]) => [isList ? `?${Number(name) + 1}` : name, JSON.stringify(value)]);
}

/** A statement as text to paste: its values follow as a comment. */
export function statementText({ sql, parameters }: Pick<SqlRecord, 'sql' | 'parameters'>): string {
  const values = parameterPairs(parameters).map(([name, value]) => `${name} = ${value}`);
  return values.length > 0 ? `${sql}\n-- ${values.join(', ')}` : sql;
}

type Bound = Readonly<Record<string, unknown>> | readonly unknown[] | null;

function boundValues(parameters: string | null): Bound {
  if (parameters === null) return null;
  try {
    const value: unknown = JSON.parse(parameters);
    return typeof value === 'object' ? (value as Bound) : null;
  } catch {
    return null;
  }
}

/** The ids behind `$2`, `?`, `(1, $3)` or a number. */
function readIds(value: string, before: string, bound: Bound): readonly string[] {
  let asked = (before.match(/\?/g) ?? []).length;
  return value
    .replace(/^\(|\)$/g, '')
    .split(',')
    .flatMap((part) => {
      const name = part.trim();
      if (/^['\d]/.test(name)) return [name.replaceAll("'", '')];
      const key = name === '?' ? asked++ : Array.isArray(bound) ? Number(name.slice(1)) - 1 : name;
      const found = (bound as Readonly<Record<string | number, unknown>> | null)?.[key];
      return found === undefined || found === null ? [] : [String(found)];
    });
}
