import { StartupError, UnavailableError } from '../../errors.ts';
import type { StoreRef } from '../store-database.ts';

/** A store's tables cannot be brought up to date: it answers 503, the others go on. The cause names the migration. */
export class StoreNotMigratedError extends UnavailableError {
  /** @param cause what the migrator threw */
  constructor(store: StoreRef, cause: StartupError) {
    super(
      'store_not_migrated',
      `The tables of ${store.code} could not be brought up to date after an update of the program. Its data is as it was. The log of the server says why.`,
      cause,
    );
  }
}

/** Runs the migrations of a store that is being opened. @throws {StoreNotMigratedError} when one fails */
export async function whileOpening<Result>(store: StoreRef, migrate: () => Promise<Result>): Promise<Result> {
  try {
    return await migrate();
  } catch (error) {
    throw error instanceof StartupError ? new StoreNotMigratedError(store, error) : error;
  }
}

/** Runs what opens a store in order to migrate it. @throws {StartupError} naming migration and store */
export async function whileMigrating<Result>(open: () => Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    throw error instanceof StoreNotMigratedError && error.cause instanceof StartupError ? error.cause : error;
  }
}
