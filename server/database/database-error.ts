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
    return new AppError('The database refused a row of another store.', {
      status: 500,
      code: 'cross_store_row',
      cause: error,
    });
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
  if (code.startsWith('SQLITE_BUSY')) {
    return new UnavailableError('database_busy', 'The database is busy. Try again in a moment.', error);
  }
  if (code === 'SQLITE_FULL') {
    return new UnavailableError(
      'disk_full',
      'The disk of the data folder is full. Free some space; nothing was changed.',
      error,
    );
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_IOERR') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'EMFILE'
  ) {
    return new UnavailableError(
      'database_unwritable',
      'The database cannot be read or written. Run `orion doctor` to see why.',
      error,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new UnavailableError('database_damaged', 'The database file is damaged. Restore it from a backup.', error);
  }
  return error;
}
