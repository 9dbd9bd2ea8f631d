import type { AnyTableDefinition } from './model.ts';
import type { FindOptions } from './table.ts';

/** A statement and its values, in the order of `$1`, `$2`, ... */
export interface BoundStatement {
  readonly sql: string;
  readonly bind: readonly unknown[];
}

/** What engines say differently in a SELECT. */
export interface SelectDialect {
  /** A test that the text in `column` contains `value`, letter for letter. */
  readonly contains: (column: string, value: string) => string;
}

export const sqliteSelect: SelectDialect = { contains: (column, value) => `instr(${column}, ${value}) > 0` };

type Conditions = Readonly<Record<string, unknown>>;

/**
 * Builds the statement that reads rows. Values are bound, never written into the text, so one prepared
 * statement serves all of them; names come from the table's definition alone.
 * @throws {TypeError} when a condition, a column or an order names no column of the table
 */
export function buildSelect<Row extends object>(
  table: AnyTableDefinition,
  where: Conditions,
  options: Omit<FindOptions<Row>, 'where'>,
  dialect: SelectDialect,
): BoundStatement {
  const builder = new SelectBuilder(table, dialect);
  const names = options.columns ?? Object.keys(table.columns);
  const columns = names.map((name) => `${builder.column(name)} AS "${name}"`).join(', ');
  const order = (options.order ?? []).map(
    ([name, way]) => `${builder.column(name)} ${way === 'desc' ? 'DESC' : 'ASC'}`,
  );
  const parts = [
    `SELECT ${columns} FROM "${table.table}"`,
    builder.where(where),
    order.length > 0 ? `ORDER BY ${order.join(', ')}` : '',
    options.limit === undefined ? '' : `LIMIT ${builder.bind(options.limit)}`,
    options.offset ? `OFFSET ${builder.bind(options.offset)}` : '',
  ];
  return { sql: parts.filter(Boolean).join(' '), bind: builder.values };
}

/** Builds the statement that counts rows; its one column is `count`. */
export function buildCount(table: AnyTableDefinition, where: Conditions, dialect: SelectDialect): BoundStatement {
  const builder = new SelectBuilder(table, dialect);
  const parts = [`SELECT count(*) AS "count" FROM "${table.table}"`, builder.where(where)];
  return { sql: parts.filter(Boolean).join(' '), bind: builder.values };
}

class SelectBuilder {
  readonly values: unknown[] = [];
  readonly #table: AnyTableDefinition;
  readonly #dialect: SelectDialect;

  constructor(table: AnyTableDefinition, dialect: SelectDialect) {
    this.#table = table;
    this.#dialect = dialect;
  }

  /** The quoted name of a column, by its name in rows. */
  column(name: string): string {
    if (!Object.hasOwn(this.#table.columns, name))
      throw new TypeError(`table ${this.#table.table} has no column ${name}`);
    return `"${columnName(name)}"`;
  }

  bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  where(conditions: Conditions): string {
    const tests = Object.entries(conditions).flatMap(([name, condition]) =>
      condition === undefined ? [] : this.#tests(name, condition),
    );
    return tests.length > 0 ? `WHERE ${tests.join(' AND ')}` : '';
  }

  #tests(name: string, condition: unknown): string[] {
    if (Array.isArray(condition) && condition.length > 0 && condition.every(isContains))
      return condition.map((item) => this.#test(name, item));
    return [this.#test(name, condition)];
  }

  #test(name: string, condition: unknown): string {
    const column = this.column(name);
    if (condition === null) return `${column} IS NULL`;
    if (Array.isArray(condition))
      return condition.length === 0
        ? 'FALSE'
        : `${column} IN (${condition.map((value) => this.bind(value)).join(', ')})`;
    if (typeof condition !== 'object' || condition instanceof Date) return `${column} = ${this.bind(condition)}`;
    if (isContains(condition)) return this.#dialect.contains(column, this.bind(condition.contains));
    if ('not' in condition)
      return condition.not === null ? `${column} IS NOT NULL` : `${column} <> ${this.bind(condition.not)}`;
    if ('above' in condition) return `${column} > ${this.bind(condition.above)}`;
    if ('below' in condition) return `${column} < ${this.bind(condition.below)}`;
    throw new TypeError(`the condition on ${name} must be a value, an array, or one of contains, not, above, below`);
  }
}

function isContains(value: unknown): value is { readonly contains: string } {
  return typeof value === 'object' && value !== null && 'contains' in value;
}

const columnNames = new Map<string, string>();

/** `priceMinor` is the column `price_minor`. */
function columnName(name: string): string {
  let column = columnNames.get(name);
  if (column === undefined) {
    column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    columnNames.set(name, column);
  }
  return column;
}
