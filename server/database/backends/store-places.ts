/** What the backends call the places of stores, for them and for whoever opens one by another way. */

/** Of a store's own SQLite file. */
export function storeFileName(storeId: number): string {
  return `store_${storeId}.sqlite`;
}

/** The SQLite file that all stores share. */
export const SHARED_FILE_NAME = 'stores.sqlite';

/** The Postgres schema of the tables that all stores share. */
export const SHARED_SCHEMA = 'stores';

/** The schema of a store's tables in a Postgres database of its own. */
export const OWN_DATABASE_SCHEMA = 'public';

/** Of a store's own Postgres database, beside the platform's. */
export function storeDatabaseName(platformDatabase: string, storeId: number): string {
  return `${platformDatabase}_store_${storeId}`;
}
