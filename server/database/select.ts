import { type BoundStatement, type Conditions, StatementBuilder, type TableReference } from './statement-builder.ts';
import type { FindOptions } from './table.ts';

/**
 * Builds the statement that reads rows.
 * @throws {TypeError} when a condition, a column or an order names no column of the table
 */
export function buildSelect<Row extends object>(
  table: TableReference,
  where: Conditions,
  options: Omit<FindOptions<Row>, 'where'>,
): BoundStatement {
  const builder = new StatementBuilder(table);
  const names = options.columns ?? Object.keys(table.definition.columns);
  const columns = names.map((name) => `${builder.column(name)} AS "${name}"`).join(', ');
  const order = (options.order ?? []).map(
    ([name, way]) => `${builder.comparable(name)} ${way === 'desc' ? 'DESC' : 'ASC'}`,
  );
  const parts = [
    `SELECT ${columns} FROM ${builder.from}`,
    builder.where(where),
    order.length > 0 ? `ORDER BY ${order.join(', ')}` : '',
    options.limit === undefined ? '' : `LIMIT ${builder.bind(options.limit)}`,
    options.offset ? `OFFSET ${builder.bind(options.offset)}` : '',
  ];
  return { sql: parts.filter(Boolean).join(' '), bind: builder.values };
}

/** Builds the statement that counts rows; its one column is `count`. */
export function buildCount(table: TableReference, where: Conditions): BoundStatement {
  const builder = new StatementBuilder(table);
  const parts = [`SELECT count(*) AS "count" FROM ${builder.from}`, builder.where(where)];
  return { sql: parts.filter(Boolean).join(' '), bind: builder.values };
}
