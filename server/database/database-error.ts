import { DatabaseError, ForeignKeyConstraintError, TimeoutError, UniqueConstraintError } from 'sequelize';
import { AppError, UnavailableError } from '../errors.ts';

/** A unique column's value is taken; `columns` names them as the database does. */
export class UniqueViolationError extends AppError {
  readonly columns: readonly string[];

  constructor(columns: readonly string[], cause: unknown) {
    super(`A row with this ${columns.join(', ') || 'value'} is there already.`, {
      status: 409,
      code: 'already_exists',
      cause,
    });
    this.columns = columns;
  }
}

/** Runs database work and turns a driver's errors into those of this project, the same for every engine. */
export async function translateDatabaseErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (
    error instanceof UniqueConstraintError &&
    (error.parent as { code?: string }).code === 'SQLITE_CONSTRAINT_TRIGGER'
  ) {
    return crossStoreRow(error);
  }
  if (error instanceof UniqueConstraintError)
    return new UniqueViolationError(Object.keys(error.fields ?? {}).length > 0 ? fieldNames(error.fields) : [], error);
  if (error instanceof ForeignKeyConstraintError) {
    return new AppError('The row refers to one that is not there, or is referred to itself.', {
      status: 409,
      code: 'reference_broken',
      cause: error,
    });
  }
  if (error instanceof TimeoutError)
    return new UnavailableError('database_busy', 'The database is busy. Try again in a moment.', error);
  if (error instanceof AppError) return error;
  // What the scope guard refused under Sequelize.
  if (error instanceof DatabaseError && error.parent instanceof AppError) return error.parent;
  if (error instanceof DatabaseError) return translateDriverCode(error, (error.parent as { code?: string }).code);
  // Reads do not go through Sequelize: SQLite's own errors arrive as they are.
  return error instanceof Error ? translateDriverCode(error, (error as { code?: unknown }).code) : error;
}

/** SQLite gives the fields as an array, Postgres as an object. */
function fieldNames(fields: unknown): string[] {
  return Array.isArray(fields) ? fields.map(String) : Object.keys(fields as object);
}

function translateDriverCode(error: Error, driverCode: unknown): unknown {
  const code = typeof driverCode === 'string' ? driverCode : '';
  const known = KNOWN_CODES.find(({ codes }) => codes.test(code));
  if (known) return new UnavailableError(known.code, known.message, error);
  if (CONNECTION_LOST.test(error.message)) return new UnavailableError('database_unreachable', UNREACHABLE, error);
  if (code === '42501' && error.message.includes('row-level security')) return crossStoreRow(error);
  if (code === '23514' && error.message.includes('only_this_store')) return crossStoreRow(error);
  return error;
}

const BUSY = 'The database is busy. Try again in a moment.';
const UNREACHABLE = 'The database cannot be reached. Try again in a moment.';
const CONNECTION_LOST = /Connection terminated|connection error and is not queryable|Client was closed/;

/** What drivers say, in this project's words. Source: sqlite.org/rescode.html; Postgres manual, appendix A. */
const KNOWN_CODES: readonly { readonly codes: RegExp; readonly code: string; readonly message: string }[] = [
  { codes: /^(SQLITE_BUSY|SQLITE_LOCKED|55P03|40001|40P01|57014|53300)/, code: 'database_busy', message: BUSY },
  {
    codes: /^(SQLITE_FULL|53100|ENOSPC)/,
    code: 'disk_full',
    message: 'The disk of the database is full. Free some space; nothing was changed.',
  },
  {
    codes: /^(SQLITE_READONLY|SQLITE_IOERR|SQLITE_CANTOPEN|EMFILE$|25006|58030)/,
    code: 'database_unwritable',
    message: 'The database cannot be read or written. Run `orion doctor` to see why.',
  },
  {
    codes: /^(SQLITE_CORRUPT|SQLITE_NOTADB|XX001|XX002)/,
    code: 'database_damaged',
    message: 'The database is damaged. Restore it from a backup.',
  },
  {
    codes: /^(3D000|3F000|42P01)$/,
    code: 'store_data_missing',
    message: 'The tables are not in the database any more. Restore them from a backup.',
  },
  {
    codes: /^(08\d{3}|57P0[1235]|25P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/,
    code: 'database_unreachable',
    message: UNREACHABLE,
  },
];

function crossStoreRow(cause: unknown): AppError {
  return new AppError('The database refused a row of another store.', { status: 500, code: 'cross_store_row', cause });
}
