/**
 * Asks a database how it would run a statement, which it does not run. Threat: behind EXPLAIN, a second statement would be
 * run, and Postgres takes several at once when no values are bound. So a text that may hold more than one is refused.
 */
import type { Engine } from './store-database.ts';

/** A statement with values for `$1`, `$2`, ... */
export interface ExplainedStatement {
  readonly sql: string;
  readonly bind: readonly unknown[];
}

export interface PlanLine {
  readonly depth: number;
  readonly text: string;
  /** Whether it reads every row of a table. */
  readonly isWarning: boolean;
}

/** Runs a reading statement where the statement belongs. */
export type RunQuery = (sql: string, bind: readonly unknown[]) => Promise<object[]>;

/** Statements that have a plan. */
const HAS_PLAN = /^\s*(select|insert|update|delete|with)\b/i;

/** Also one within quotes: what is between quotes differs by database and its settings. */
const MAY_BE_MORE = /;(?!\s*$)|\0/;

/** Whether a statement can be explained: it reads or writes rows, and is surely a single one. */
export function canExplain(sql: string): boolean {
  return HAS_PLAN.test(sql) && !MAY_BE_MORE.test(sql);
}

/**
 * The lines of a statement's plan. It is not executed: neither EXPLAIN QUERY PLAN nor EXPLAIN without ANALYZE does that.
 * @throws {Error} the database's own, as when a table is not there any more; for what {@link canExplain} denies
 */
export async function explain(engine: Engine, { sql, bind }: ExplainedStatement, run: RunQuery): Promise<PlanLine[]> {
  if (!canExplain(sql)) throw new TypeError('only a single SELECT, INSERT, UPDATE or DELETE has a plan');
  if (engine === 'sqlite') return sqliteLines(await run(`EXPLAIN QUERY PLAN ${sql}`, bind));
  const [row] = await run(`EXPLAIN (FORMAT JSON) ${sql}`, bind);
  return postgresLines(row);
}

/** Source: sqlite.org/eqp.html. */
function sqliteLines(rows: readonly object[]): PlanLine[] {
  const depths = new Map<number, number>();
  return (rows as readonly { readonly id: number; readonly parent: number; readonly detail: string }[]).map(
    ({ id, parent, detail }) => {
      const depth = (depths.get(parent) ?? -1) + 1;
      depths.set(id, depth);
      return { depth, text: detail, isWarning: isFullScan(detail) };
    },
  );
}

/** `SCAN products`; not over an index, a constant, a virtual table or the result of a part of the statement. */
function isFullScan(detail: string): boolean {
  return /^SCAN (?!CONSTANT|\(|SUBQUERY|json_)/.test(detail) && !/USING|VIRTUAL TABLE/.test(detail);
}

interface PostgresNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Startup Cost'?: number;
  readonly 'Total Cost'?: number;
  readonly 'Plan Rows'?: number;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Filter?: string;
  readonly 'Sort Key'?: readonly string[];
  readonly 'Hash Cond'?: string;
  readonly Operation?: string;
  readonly Plans?: readonly PostgresNode[];
}

const CONDITIONS = ['Index Cond', 'Recheck Cond', 'Hash Cond', 'Filter'] as const;

/** Source: PostgreSQL manual, "EXPLAIN", and "Using EXPLAIN". */
function postgresLines(row: object | undefined): PlanLine[] {
  const value = (row as Record<string, unknown> | undefined)?.['QUERY PLAN'];
  const plans = (typeof value === 'string' ? JSON.parse(value) : value) as readonly { readonly Plan: PostgresNode }[];
  return plans.flatMap(({ Plan }) => linesOf(Plan, 0));
}

function linesOf(node: PostgresNode, depth: number): PlanLine[] {
  const isFull = node['Node Type'] === 'Seq Scan';
  const conditions = CONDITIONS.flatMap((name) => {
    const condition = node[name];
    return condition === undefined ? [] : [{ depth: depth + 1, text: `${name}: ${condition}`, isWarning: false }];
  });
  const sorted = node['Sort Key'];
  return [
    { depth, text: headOf(node), isWarning: isFull },
    ...(sorted ? [{ depth: depth + 1, text: `Sort Key: ${sorted.join(', ')}`, isWarning: false }] : []),
    ...conditions,
    ...(node.Plans ?? []).flatMap((child) => linesOf(child, depth + 1)),
  ];
}

function headOf(node: PostgresNode): string {
  const table = node['Relation Name'];
  const index = node['Index Name'];
  const what = node.Operation ?? node['Node Type'];
  const costs = `(cost=${node['Startup Cost']}..${node['Total Cost']} rows=${node['Plan Rows']})`;
  return [what, index && `using ${index}`, table && `on ${table}`, costs].filter(Boolean).join(' ');
}

/** The table that a line reads as a whole; null when it does not say. */
export function scannedTable(text: string): string | null {
  return /^SCAN (\S+)/.exec(text)?.[1] ?? /^Seq Scan on (\S+)/.exec(text)?.[1] ?? null;
}
