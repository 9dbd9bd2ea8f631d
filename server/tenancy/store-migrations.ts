import type { StoreBackend, StoreRef } from '../database/store-database.ts';
import { StartupError, UnavailableError } from '../errors.ts';

/**
 * Brings a store's tables up to date; returns what was run.
 * @throws {UnavailableError} naming migration and store; what the migration did is taken back then
 */
export async function migrateStore(backend: StoreBackend, store: StoreRef): Promise<readonly string[]> {
  try {
    return await backend.migrateStore(store);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    throw new UnavailableError('migration_failed', `${error.message} The store is as it was before it.`, error);
  }
}
