import BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../../errors.ts';
import { ONLY_READS, type ShellResult, type ShellSession, statementFailed } from './shell-session.ts';

export interface SqliteShellTarget {
  readonly filename: string;
  /** Statements to begin with, see {@link storeViews}. */
  readonly views: readonly string[];
  readonly canWrite: boolean;
}

const BUSY_TIMEOUT_MS = 5000;

/**
 * Statements that let one connection see a shared file as one store's: a temporary view hides the table of its name,
 * which is then `main.products`. They change nothing in the file.
 */
export function storeViews(storeId: number, tables: readonly string[]): string[] {
  return tables.map(
    (table) => `CREATE TEMP VIEW "${table}" AS SELECT * FROM main."${table}" WHERE store_id = ${Number(storeId)}`,
  );
}

/**
 * Opens a store's file beside whoever else uses it, without changing it unless `canWrite`.
 * @throws {AppError} when it cannot be opened
 */
export function openSqliteSession({ filename, views, canWrite }: SqliteShellTarget): ShellSession {
  const connection = openConnection(filename, canWrite);
  for (const view of views) connection.exec(view);
  return {
    tables: async () =>
      connection
        .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        .pluck()
        .all() as string[],
    columns: async (table) =>
      connection.prepare("SELECT name, type FROM pragma_table_info(?, 'main')").all(table) as {
        name: string;
        type: string;
      }[],
    run: async (sql) => {
      try {
        return runStatement(connection, sql);
      } catch (error) {
        throw statementFailed(error, hintFor(error as InstanceType<typeof BetterSqlite3.SqliteError>));
      }
    },
    close: async () => void connection.close(),
  };
}

function openConnection(filename: string, canWrite: boolean): BetterSqlite3.Database {
  try {
    const options = { readonly: !canWrite, fileMustExist: true, timeout: BUSY_TIMEOUT_MS };
    const connection = new BetterSqlite3(filename, options);
    connection.pragma('foreign_keys = ON');
    // Numbers beyond 2^53 would be rounded otherwise.
    connection.defaultSafeIntegers(true);
    return connection;
  } catch (error) {
    throw new AppError(`${filename} cannot be opened: ${(error as Error).message}.`, {
      status: 503,
      code: 'store_data_closed',
      cause: error,
    });
  }
}

function hintFor({ code, message }: InstanceType<typeof BetterSqlite3.SqliteError>): string {
  if (code === 'SQLITE_READONLY') return ONLY_READS;
  return /because it is a view/.test(message) ? 'Name main.TABLE, and add store_id = … to its conditions.' : '';
}

function runStatement(connection: BetterSqlite3.Database, sql: string): ShellResult {
  const statement = connection.prepare(sql);
  if (!statement.reader) return { columns: [], rows: [], changes: statement.run().changes };
  const columns = statement.columns().map((column) => column.name);
  const rows = statement.raw().all() as unknown[][];
  return { columns, rows: rows.map((row) => row.map(plain)), changes: null };
}

function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
