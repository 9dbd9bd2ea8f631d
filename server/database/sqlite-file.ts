import { type Model, type ModelStatic, QueryTypes, Sequelize, Transaction } from 'sequelize';
import { translateDatabaseErrors } from './database-error.ts';
import { type AnyTableDefinition, registerModel, rowReader } from './model.ts';
import { type BoundStatement, sqliteSelect } from './select.ts';
import { createSqliteDialectModule, type SqliteDialectModule, type StatementEvent } from './sqlite-driver.ts';
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
  /** For writes, transactions and migrations; made when it is first needed. */
  readonly sequelize: Sequelize;
  readonly writeLock: WriteLock;
  /** Runs a reading statement. */
  query<Row>(sql: string): Row[];
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

/**
 * Opens a SQLite file: WAL, synchronous=FULL, foreign keys on. Reads outside a transaction have a connection
 * of their own: most open files are only read, and a Sequelize instance takes time and memory.
 * @throws {Error} SQLite's own, when the file cannot be opened
 */
export function openSqliteFile(options: SqliteFileOptions): SqliteFile {
  const driver = createSqliteDialectModule(options.onStatement ? { onStatement: options.onStatement } : {});
  const mode = driver.OPEN_READWRITE | (options.mustExist ? 0 : driver.OPEN_CREATE);
  const reader = new driver.Database(options.filename, mode, () => undefined);
  // The reader has made the file: a writer that does not find it must not make another one.
  const writer = lazyWriter(options.filename, driver, driver.OPEN_READWRITE);
  const tables = new Map(options.tables.map((definition) => [definition.table, definition]));
  const writeLock = new WriteLock();

  async function select(
    statement: BoundStatement,
    transaction: Transaction | null,
  ): Promise<Record<string, unknown>[]> {
    if (!transaction) return reader.query(statement.sql, statement.bind);
    const bind = [...statement.bind];
    return writer.sequelize().query(statement.sql, { bind, type: QueryTypes.SELECT, raw: true, transaction });
  }

  return {
    get sequelize() {
      return writer.sequelize();
    },
    writeLock,
    query: <Row>(sql: string) => reader.query(sql) as Row[],
    table(wanted, fixed = {}, transaction = null) {
      const definition = tables.get(wanted.table);
      if (!definition) throw new TypeError(`table ${wanted.table} is not one of this database's`);
      const model = () => writer.model(definition);
      const read = rowReader(definition);
      return createTable({
        definition,
        read,
        model,
        select,
        dialect: sqliteSelect,
        fixed,
        transaction,
        writeLock,
      }) as never;
    },
    transaction: (work) =>
      writeLock.run(() =>
        translateDatabaseErrors(() => writer.sequelize().transaction({ type: Transaction.TYPES.IMMEDIATE }, work)),
      ),
    async close() {
      reader.close();
      await writer.close();
    },
  };
}

/** Sequelize and its models, each made when it is first needed. */
function lazyWriter(filename: string, dialectModule: SqliteDialectModule, mode: number) {
  let instance: Sequelize | null = null;
  const sequelize = (): Sequelize => {
    instance ??= new Sequelize({
      dialect: 'sqlite',
      storage: filename,
      dialectModule,
      dialectOptions: { mode },
      logging: false,
      // The default retries every failed statement; a busy database is answered by the write lock instead.
      retry: { max: 1 },
    });
    return instance;
  };
  return {
    sequelize,
    model: (definition: AnyTableDefinition): ModelStatic<Model> =>
      sequelize().models[definition.table] ?? registerModel(sequelize(), definition),
    close: async () => instance?.close(),
  };
}
