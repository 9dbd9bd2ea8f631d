/** Column types that mean the same on every engine; how each engine stores them stands in `dialect.ts`. */
export type ColumnType = 'uuid' | 'text' | 'integer' | 'boolean' | 'json' | 'timestamp' | 'decimal' | 'binary';

/** One column of a table as its model declares it. */
export interface ColumnDefinition {
  readonly type: ColumnType;
  readonly primaryKey?: boolean;
  readonly autoIncrement?: boolean;
}

/**
 * A table and the shape of its rows. Rows are plain objects with camelCase keys; columns are the same
 * names in snake_case. A table with a `deletedAt` column is soft-deleted.
 */
export interface TableDefinition<Row extends object> {
  readonly table: string;
  readonly columns: Readonly<Record<keyof Row & string, ColumnDefinition>>;
  /** Only for types: what {@link Table} reads and writes. */
  readonly row?: Row;
}

/** Any table, where the shape of its rows does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a list of tables has rows of every shape
export type AnyTableDefinition = TableDefinition<any>;

/**
 * Columns as tables declare them. Money is an integer of minor units, times are UTC with milliseconds, integers are
 * those that JavaScript holds exactly, a decimal is text such as `19.90`, binary is a Buffer.
 */
export const columns = {
  id: { type: 'uuid', primaryKey: true },
  serial: { type: 'integer', primaryKey: true, autoIncrement: true },
  uuid: { type: 'uuid' },
  text: { type: 'text' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  json: { type: 'json' },
  timestamp: { type: 'timestamp' },
  decimal: { type: 'decimal' },
  binary: { type: 'binary' },
} as const satisfies Record<string, ColumnDefinition>;

/** Declares a table of the platform database. */
export function defineTable<Row extends object>(definition: TableDefinition<Row>): TableDefinition<Row> {
  return Object.freeze(definition);
}

/** What every row of a store's tables carries, under every isolation. */
export interface StoreRow {
  readonly storeId: number;
}

/** Declares a table of the stores; `storeId` is added, and only a store's own handle reaches it. */
export function defineStoreTable<Row extends StoreRow>(definition: {
  readonly table: string;
  readonly columns: Readonly<Record<Exclude<keyof Row, 'storeId'> & string, ColumnDefinition>>;
}): TableDefinition<Row> {
  return Object.freeze({
    table: definition.table,
    columns: { ...definition.columns, storeId: columns.integer } as TableDefinition<Row>['columns'],
  });
}

/**
 * Turns a raw row of the driver into the declared types: SQLite gives numbers for booleans and text for
 * JSON and times; Postgres gives text for JSON alone.
 */
export function rowReader<Row extends object>(definition: TableDefinition<Row>): (raw: Record<string, unknown>) => Row {
  const known = readersOfTables.get(definition) ?? makeRowReader(definition);
  readersOfTables.set(definition, known);
  return known as (raw: Record<string, unknown>) => Row;
}

const readersOfTables = new WeakMap<object, (raw: Record<string, unknown>) => object>();

function makeRowReader(definition: AnyTableDefinition): (raw: Record<string, unknown>) => object {
  const readers: [string, (value: unknown) => unknown][] = [];
  for (const [name, column] of Object.entries<ColumnDefinition>(definition.columns)) {
    const read = READERS[column.type];
    if (read) readers.push([name, read]);
  }
  return (raw) => {
    for (const [name, read] of readers) {
      const value = raw[name];
      if (value !== null && value !== undefined) raw[name] = read(value);
    }
    return raw;
  };
}

const READERS: Readonly<Partial<Record<ColumnType, (value: unknown) => unknown>>> = {
  boolean: (value) => value === true || value === 1,
  json: (value) => (typeof value === 'string' ? JSON.parse(value) : value),
  timestamp: (value) => (typeof value === 'string' ? new Date(value) : value),
  decimal: String,
};
