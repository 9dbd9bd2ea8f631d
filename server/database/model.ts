import { type DataType, DataTypes, type Model, type ModelStatic, type Sequelize } from 'sequelize';

/** One column of a table as its model declares it. */
export interface ColumnDefinition {
  readonly type: DataType;
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
 * Column types that mean the same on every engine. Money is an integer of minor units, times are UTC with milliseconds,
 * integers are those that JavaScript holds exactly, a decimal is text such as `19.90`, binary is a Buffer.
 */
export const columns = {
  id: { type: DataTypes.UUID, primaryKey: true },
  serial: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  uuid: { type: DataTypes.UUID },
  text: { type: DataTypes.TEXT },
  integer: { type: DataTypes.INTEGER },
  boolean: { type: DataTypes.BOOLEAN },
  json: { type: DataTypes.JSON },
  timestamp: { type: DataTypes.DATE },
  decimal: { type: DataTypes.DECIMAL },
  binary: { type: DataTypes.BLOB },
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

/** Registers a table with one Sequelize instance. */
export function registerModel(sequelize: Sequelize, definition: AnyTableDefinition): ModelStatic<Model> {
  const attributes: Record<string, ColumnDefinition> = {};
  for (const [name, column] of Object.entries<ColumnDefinition>(definition.columns)) attributes[name] = { ...column };
  return sequelize.define(definition.table, attributes, {
    tableName: definition.table,
    underscored: true,
    timestamps: false,
    freezeTableName: true,
  });
}

/**
 * Turns a raw row of the driver into the declared types: SQLite gives numbers for booleans and text for
 * JSON and times, Postgres gives the values themselves.
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
    if (column.type === DataTypes.BOOLEAN) readers.push([name, (value) => value === true || value === 1]);
    if (column.type === DataTypes.JSON)
      readers.push([name, (value) => (typeof value === 'string' ? JSON.parse(value) : value)]);
    if (column.type === DataTypes.DATE)
      readers.push([name, (value) => (typeof value === 'string' ? new Date(value) : value)]);
  }
  return (raw) => {
    for (const [name, read] of readers) {
      const value = raw[name];
      if (value !== null && value !== undefined) raw[name] = read(value);
    }
    return raw;
  };
}
