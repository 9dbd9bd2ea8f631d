import { type BoundStatement, type Conditions, StatementBuilder, type TableReference } from './statement-builder.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Builds the statements that add rows, as many as it takes: a statement binds only so many values. A column that a
 * row leaves out is NULL, one that all leave out gets what the database gives.
 * @throws {TypeError} when a row has a value for no column of the table
 */
export function buildInserts(table: TableReference, rows: readonly Values[]): BoundStatement[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => row[name] !== undefined)))];
  const perStatement = Math.max(1, Math.floor(table.dialect.maxValues / Math.max(1, names.length)));
  const statements: BoundStatement[] = [];
  for (let start = 0; start < rows.length; start += perStatement)
    statements.push(buildInsert(table, names, rows.slice(start, start + perStatement)));
  return statements;
}

function buildInsert(table: TableReference, names: readonly string[], rows: readonly Values[]): BoundStatement {
  const builder = new StatementBuilder(table);
  const columns = names.map((name) => builder.column(name)).join(', ');
  const tuples = rows.map((row) => `(${names.map((name) => builder.bindFor(name, row[name])).join(', ')})`);
  return { sql: `INSERT INTO ${builder.from} (${columns}) VALUES ${tuples.join(', ')}`, bind: builder.values };
}

/** Builds the statement that changes rows; null when there is nothing to change. */
export function buildUpdate(table: TableReference, where: Conditions, changes: Values): BoundStatement | null {
  const builder = new StatementBuilder(table);
  const sets = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${builder.column(name)} = ${builder.bindFor(name, value)}`);
  if (sets.length === 0) return null;
  const parts = [`UPDATE ${builder.from} SET ${sets.join(', ')}`, builder.where(where)];
  return { sql: parts.filter(Boolean).join(' '), bind: builder.values };
}

/** Builds the statement that deletes rows for good. */
export function buildDelete(table: TableReference, where: Conditions): BoundStatement {
  const builder = new StatementBuilder(table);
  const parts = [`DELETE FROM ${builder.from}`, builder.where(where)];
  return { sql: parts.filter(Boolean).join(' '), bind: builder.values };
}
