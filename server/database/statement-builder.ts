import type { SqlDialect } from './dialect.ts';
import type { AnyTableDefinition, ColumnType } from './model.ts';

/** A statement and its values, in the order of `$1`, `$2`, ... */
export interface BoundStatement {
  readonly sql: string;
  readonly bind: readonly unknown[];
}

/** Conditions by column name, as `Where` of `table.ts` describes them. */
export type Conditions = Readonly<Record<string, unknown>>;

/** A table as statements of one database name it. */
export interface TableReference {
  readonly definition: AnyTableDefinition;
  /** Null where the connection knows one schema only, as on SQLite. */
  readonly schema: string | null;
  readonly dialect: SqlDialect;
}

/** Quotes a name for SQL, whatever is in it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Puts statements together. Values are bound, never written into the text, so that one prepared statement serves all
 * of them; names come from the table's definition alone.
 */
export class StatementBuilder {
  readonly values: unknown[] = [];
  /** The quoted table, with its schema where there are any. */
  readonly from: string;
  readonly #table: AnyTableDefinition;
  readonly #dialect: SqlDialect;

  constructor({ definition, schema, dialect }: TableReference) {
    this.#table = definition;
    this.#dialect = dialect;
    this.from = schema === null ? quoteName(definition.table) : `${quoteName(schema)}.${quoteName(definition.table)}`;
  }

  /** The quoted name of a column, by its name in rows. @throws {TypeError} when the table has none of this name */
  column(name: string): string {
    this.#type(name);
    return `"${columnName(name)}"`;
  }

  /** The column as it is ordered and compared. */
  comparable(name: string): string {
    return this.#dialect.comparable(this.column(name), this.#type(name));
  }

  bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** Binds a value of a column. */
  bindFor(name: string, value: unknown): string {
    return this.bind(this.#dialect.encode(this.#type(name), value));
  }

  where(conditions: Conditions): string {
    const tests = Object.entries(conditions).flatMap(([name, condition]) =>
      condition === undefined ? [] : this.#tests(name, condition),
    );
    return tests.length > 0 ? `WHERE ${tests.join(' AND ')}` : '';
  }

  #type(name: string): ColumnType {
    if (!Object.hasOwn(this.#table.columns, name))
      throw new TypeError(`table ${this.#table.table} has no column ${name}`);
    return (this.#table.columns as Record<string, { type: ColumnType }>)[name]?.type ?? 'text';
  }

  #tests(name: string, condition: unknown): string[] {
    if (Array.isArray(condition) && condition.length > 0 && condition.every(isContains))
      return condition.map((item) => this.#test(name, item));
    return [this.#test(name, condition)];
  }

  #test(name: string, condition: unknown): string {
    const column = this.column(name);
    if (condition === null) return `${column} IS NULL`;
    if (Array.isArray(condition)) return this.#oneOf(name, condition);
    if (typeof condition !== 'object' || condition instanceof Date || Buffer.isBuffer(condition))
      return this.#equals(name, condition);
    if (isContains(condition)) return this.#contains(name, condition.contains);
    if ('not' in condition) return this.#differs(name, condition.not);
    if ('above' in condition) return `${this.comparable(name)} > ${this.bindFor(name, condition.above)}`;
    if ('below' in condition) return `${this.comparable(name)} < ${this.bindFor(name, condition.below)}`;
    throw new TypeError(`the condition on ${name} must be a value, an array, or one of contains, not, above, below`);
  }

  #contains(name: string, text: string): string {
    return this.#canHold(name, text) ? this.#dialect.contains(this.column(name), this.bind(text)) : 'FALSE';
  }

  #equals(name: string, value: unknown): string {
    return this.#canHold(name, value) ? `${this.column(name)} = ${this.bindFor(name, value)}` : 'FALSE';
  }

  #oneOf(name: string, values: readonly unknown[]): string {
    const possible = values.filter((value) => this.#canHold(name, value));
    if (possible.length === 0) return 'FALSE';
    return `${this.column(name)} IN (${possible.map((value) => this.bindFor(name, value)).join(', ')})`;
  }

  #differs(name: string, value: unknown): string {
    const column = this.column(name);
    return value !== null && this.#canHold(name, value)
      ? `${column} <> ${this.bindFor(name, value)}`
      : `${column} IS NOT NULL`;
  }

  #canHold(name: string, value: unknown): boolean {
    return this.#dialect.canHold(this.#type(name), value);
  }
}

function isContains(value: unknown): value is { readonly contains: string } {
  return typeof value === 'object' && value !== null && 'contains' in value;
}

const columnNames = new Map<string, string>();

/** `priceMinor` is the column `price_minor`. */
export function columnName(name: string): string {
  let column = columnNames.get(name);
  if (column === undefined) {
    column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    columnNames.set(name, column);
  }
  return column;
}
