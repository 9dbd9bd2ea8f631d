import { UnavailableError } from '../../errors.ts';
import type { Migration } from '../migrator.ts';
import type { StoreRef } from '../store-database.ts';

/** What shoppers read says nothing of files and schemas; the log gets the cause. */
export function storeUnavailable(code: string, store: StoreRef, what: string, cause?: unknown): UnavailableError {
  const reason = new Error(`The data of store ${store.code} ${what}`, cause === undefined ? undefined : { cause });
  return new UnavailableError(
    code,
    `The data of ${store.code} cannot be read right now. The log of the server says why.`,
    reason,
  );
}

/** The data of a store is not where it should be. @param where names the place */
export function storeMissing(store: StoreRef, where: string): UnavailableError {
  return storeUnavailable(
    'store_data_missing',
    store,
    `is missing: ${where} is not there. Put it back, or restore a backup.`,
  );
}

/** A place that was swapped for another store's must not answer. @param found the numbers of the stores it is made for */
export function refuseOtherStore(store: StoreRef, where: string, found: readonly number[]): void {
  if (found.length === 1 && found[0] === store.id) return;
  const owner = found[0] === undefined ? 'no store' : `store ${found[0]}`;
  throw storeUnavailable(
    'store_data_mismatch',
    store,
    `(store ${store.id}) was not opened: ${where} belongs to ${owner}. Put the right one back.`,
  );
}

/** Whether a store's place lacks migrations. @throws {UnavailableError} when a newer version has changed it */
export function isBehind(store: StoreRef, done: Iterable<string>, migrations: readonly Migration[]): boolean {
  const names = new Set(done);
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...names].filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw storeUnavailable(
      'store_data_newer',
      store,
      `is from a newer version of Orion Studio (it has ${unknown.join(', ')}). Update the program; nothing was changed.`,
    );
  return migrations.some((migration) => !names.has(migration.name));
}
