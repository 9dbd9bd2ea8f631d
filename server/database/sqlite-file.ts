import { type Model, type ModelStatic, QueryTypes, Sequelize, Transaction } from 'sequelize';
import { translateDatabaseErrors } from './database-error.ts';
import { type AnyTableDefinition, registerModel, rowReader } from './model.ts';
import { type BoundStatement, sqliteSelect } from './select.ts';
import { createSqliteDialectModule, type StatementEvent } from './sqlite-driver.ts';
import { createTable, type Table } from './table.ts';
import { WriteLock } from './write-lock.ts';

export interface SqliteFileOptions {
  /** Path of the file; it is made when absent. */
  readonly filename: string;
  readonly tables: readonly AnyTableDefinition[];
  /** Fail instead of making the file. */
  readonly mustExist?: boolean;
  readonly onStatement?: ((event: StatementEvent) => void) | undefined;
}

/** One open SQLite file with its tables. */
export interface SqliteFile {
  readonly sequelize: Sequelize;
  readonly writeLock: WriteLock;
  /** A table whose every statement is bound to `fixed`. */
  table<Row extends object>(
    definition: { readonly table: string; readonly row?: Row },
    fixed?: Partial<Row>,
    transaction?: Transaction | null,
  ): Table<Row>;
  /** Runs `work` in a write transaction; it is rolled back when `work` throws. */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Opens a SQLite file: WAL, synchronous=FULL, foreign keys on. */
export function openSqliteFile(options: SqliteFileOptions): SqliteFile {
  const dialectModule = createSqliteDialectModule(options.onStatement ? { onStatement: options.onStatement } : {});
  const sequelize = new Sequelize({
    dialect: 'sqlite',
    storage: options.filename,
    dialectModule,
    ...(options.mustExist ? { dialectOptions: { mode: dialectModule.OPEN_READWRITE } } : {}),
    logging: false,
    // The default retries every failed statement; a busy database is answered by the write lock instead.
    retry: { max: 1 },
  });
  const tables = new Map(options.tables.map((definition) => [definition.table, lazyTable(sequelize, definition)]));
  const select = (statement: BoundStatement, transaction: Transaction | null) =>
    sequelize.query(statement.sql, {
      bind: [...statement.bind],
      type: QueryTypes.SELECT,
      raw: true,
      transaction,
    }) as Promise<Record<string, unknown>[]>;
  const writeLock = new WriteLock();
  return {
    sequelize,
    writeLock,
    table(definition, fixed = {}, transaction = null) {
      const known = tables.get(definition.table);
      if (!known) throw new TypeError(`table ${definition.table} is not one of this database's`);
      return createTable({ ...known, select, dialect: sqliteSelect, fixed, transaction, writeLock }) as never;
    },
    transaction: (work) =>
      writeLock.run(() =>
        translateDatabaseErrors(() => sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, work)),
      ),
    close: () => sequelize.close(),
  };
}

/** A model takes time and memory, and most open files are only read: it is made for the first write. */
function lazyTable(sequelize: Sequelize, definition: AnyTableDefinition) {
  let model: ModelStatic<Model> | null = null;
  return {
    definition,
    read: rowReader(definition),
    model: () => {
      model ??= registerModel(sequelize, definition);
      return model;
    },
  };
}
