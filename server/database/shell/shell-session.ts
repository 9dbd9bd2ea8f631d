/** A person's own statements on one store's data: what the built-in shell stands on. */
import { AppError } from '../../errors.ts';

/** What a statement gave. */
export interface ShellResult {
  /** Empty for a statement that gives no rows. */
  readonly columns: readonly string[];
  /** One value a column, in the order of `columns`. */
  readonly rows: readonly (readonly unknown[])[];
  /** Rows that it changed; null when it reads. */
  readonly changes: number | null;
}

export interface ShellSession {
  /** Names of the tables. */
  tables(): Promise<readonly string[]>;
  /** Columns of a table with their types, in its order; none when there is no such table. */
  columns(table: string): Promise<readonly { readonly name: string; readonly type: string }[]>;
  /** Runs one statement. @throws {AppError} with what the database said */
  run(sql: string): Promise<ShellResult>;
  close(): Promise<void>;
}

export const ONLY_READS = 'The shell only reads; start it with --write to change things.';

/** What the database said of a statement, with what to do where that is known. */
export function statementFailed(error: unknown, hint: string): AppError {
  const message = (error as Error).message.replace(/\.$/, '');
  return new AppError(`${message}.${hint === '' ? '' : ` ${hint}`}`, { status: 500, code: 'sql_failed', cause: error });
}
