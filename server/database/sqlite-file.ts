import { QueryTypes, Sequelize, Transaction } from 'sequelize';
import { translateDatabaseErrors } from './database-error.ts';
import { sqliteDialect } from './dialect.ts';
import { rememberCallers } from './guard/remember-callers.ts';
import type { ScopeGuard } from './guard/scope-guard.ts';
import { type AnyTableDefinition, rowReader } from './model.ts';
import { runWrites } from './run-writes.ts';
import type { SqlDatabase } from './sql-database.ts';
import { createSqliteDialectModule, type SqliteDialectModule } from './sqlite-driver.ts';
import type { BoundStatement } from './statement-builder.ts';
import type { StatementEvent } from './statement-event.ts';
import { createTable } from './table.ts';
import { WriteLock } from './write-lock.ts';

export interface SqliteFileOptions {
  /** Path of the file; it is made when absent. */
  readonly filename: string;
  readonly tables: readonly AnyTableDefinition[];
  /** Fail instead of making the file. */
  readonly mustExist?: boolean;
  readonly onStatement?: ((event: StatementEvent) => void) | undefined;
  /** Judges every statement; absent for the platform's own tables. */
  readonly guard?: ScopeGuard | undefined;
}

/** One open SQLite file with its tables. */
export interface SqliteFile extends SqlDatabase {
  /** Runs a reading statement outside any transaction, with values for `$1`, `$2`, ... */
  query<Row>(sql: string, bind?: readonly unknown[]): Row[];
}

/**
 * Opens a SQLite file: WAL, synchronous=FULL, foreign keys on. Reads outside a transaction have a connection
 * of their own: most open files are only read, and a Sequelize instance takes time and memory.
 * @throws {Error} SQLite's own, when the file cannot be opened
 */
export function openSqliteFile(options: SqliteFileOptions): SqliteFile {
  const driver = createSqliteDialectModule({ onStatement: options.onStatement, guard: options.guard });
  const mode = driver.OPEN_READWRITE | (options.mustExist ? 0 : driver.OPEN_CREATE);
  const reader = new driver.Database(options.filename, mode, () => undefined);
  // The reader has made the file: a writer that does not find it must not make another one.
  const writer = lazyWriter(options, driver);
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

  const begin = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    writeLock.run(() =>
      translateDatabaseErrors(() => writer.sequelize().transaction({ type: Transaction.TYPES.IMMEDIATE }, work)),
    );

  async function write(statements: readonly BoundStatement[], transaction: Transaction | null): Promise<number> {
    const [only] = statements;
    if (transaction) return runWrites(writer.sequelize(), statements, transaction);
    // One statement is a transaction of its own.
    if (only && statements.length === 1) return writeLock.run(() => runWrites(writer.sequelize(), [only], null));
    return begin((begun) => runWrites(writer.sequelize(), statements, begun));
  }

  return {
    engine: 'sqlite',
    get sequelize() {
      return writer.sequelize();
    },
    query: <Row>(sql: string, bind: readonly unknown[] = []) => reader.query(sql, bind) as Row[],
    select,
    selectUnqualified: select,
    table(wanted, fixed = {}, transaction = null) {
      const definition = tables.get(wanted.table);
      if (!definition) throw new TypeError(`table ${wanted.table} is not one of this database's`);
      return createTable({
        reference: { definition, schema: null, dialect: sqliteDialect },
        read: rowReader(definition),
        select: (statement) => select(statement, transaction),
        write: (statements) => write(statements, transaction),
        fixed,
      }) as never;
    },
    transaction: begin,
    async serials(transaction) {
      const rows = await select({ sql: 'SELECT name, seq FROM sqlite_sequence', bind: [] }, transaction);
      return Object.fromEntries(rows.map((row) => [String(row['name']), Number(row['seq'])]));
    },
    setSerials: (last, transaction) => setSerials(writer.sequelize(), last, transaction),
    async close() {
      reader.close();
      await writer.close();
    },
  };
}

/** SQLite's own table of the numbers that AUTOINCREMENT gave out. Source: sqlite.org/autoinc.html. */
async function setSerials(
  sequelize: Sequelize,
  last: Readonly<Record<string, number>>,
  transaction: Transaction,
): Promise<void> {
  for (const [table, seq] of Object.entries(last)) {
    const bind = { table, seq };
    await sequelize.query('UPDATE sqlite_sequence SET seq = max(seq, $seq) WHERE name = $table', { bind, transaction });
    await sequelize.query(
      'INSERT INTO sqlite_sequence (name, seq) SELECT $table, $seq WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $table)',
      { bind, transaction },
    );
  }
}

/** Sequelize, made when it is first needed. */
function lazyWriter({ filename, guard }: SqliteFileOptions, dialectModule: SqliteDialectModule) {
  let instance: Sequelize | null = null;
  const sequelize = (): Sequelize => {
    instance ??= rememberCallers(
      new Sequelize({
        dialect: 'sqlite',
        storage: filename,
        dialectModule,
        dialectOptions: { mode: dialectModule.OPEN_READWRITE },
        logging: false,
        // The default retries every failed statement; a busy database is answered by the write lock instead.
        retry: { max: 1 },
      }),
      guard,
    );
    return instance;
  };
  return { sequelize, close: async () => instance?.close() };
}
