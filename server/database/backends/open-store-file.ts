import { stat } from 'node:fs/promises';
import { UnavailableError } from '../../errors.ts';
import { exemptFrom } from '../guard/guarded-work.ts';
import { createMigrator, migrationTarget } from '../migrator.ts';
import { openSqliteFile, type SqliteFile } from '../sqlite-file.ts';
import type { StoreRef } from '../store-database.ts';
import type { SqliteBackendOptions } from './sqlite-database.ts';
import { whileOpening } from './store-not-migrated.ts';

type OpenOptions = Pick<SqliteBackendOptions, 'tables' | 'migrations' | 'onStatement' | 'guard'>;

/**
 * Opens the file of one store: it must be there, whole, the store's own, and not from a newer version. A file that
 * is behind is migrated.
 * @throws {UnavailableError} saying which of these it is not
 */
export async function openStoreFile(options: OpenOptions, store: StoreRef, filename: string): Promise<SqliteFile> {
  if (!(await exists(filename))) throw missing(store, filename);
  const file = openChecked(options, store, filename);
  try {
    await bringUpToDate(file, options, store);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function openChecked(options: OpenOptions, store: StoreRef, filename: string): SqliteFile {
  let file: SqliteFile | null = null;
  try {
    const { tables, onStatement, guard } = options;
    file = openSqliteFile({ filename, tables, onStatement, guard, mustExist: true });
    checkIdentity(file, store, filename);
    return file;
  } catch (error) {
    void file?.close();
    throw error instanceof UnavailableError ? error : notOpened(store, filename, error);
  }
}

/** One look is enough for most files: a template's copy is up to date. */
async function bringUpToDate(file: SqliteFile, options: OpenOptions, store: StoreRef): Promise<void> {
  const done = new Set(file.query<{ name: string }>('SELECT name FROM schema_migrations').map((row) => row.name));
  const known = new Set(options.migrations.map((migration) => migration.name));
  const unknown = [...done].filter((name) => !known.has(name));
  if (unknown.length > 0) throw newerStore(store, unknown);
  if (options.migrations.every((migration) => done.has(migration.name))) return;
  const migrator = createMigrator(migrationTarget(file), options.migrations, `store ${store.code}`);
  await whileOpening(store, () => exemptFrom(options.guard, 'migrations', () => migrator.up()));
}

/** What shoppers read says nothing of files; the log gets the cause. */
function unavailable(code: string, store: StoreRef, what: string, cause?: unknown): UnavailableError {
  const reason = new Error(`The data of store ${store.code} ${what}`, cause === undefined ? undefined : { cause });
  return new UnavailableError(
    code,
    `The data of ${store.code} cannot be read right now. The log of the server says why.`,
    reason,
  );
}

function missing(store: StoreRef, filename: string): UnavailableError {
  return unavailable(
    'store_data_missing',
    store,
    `is missing: ${filename} is not there. Put the file back, or restore a backup.`,
  );
}

/** A file that was swapped for another store's must not answer. */
function checkIdentity(file: SqliteFile, store: StoreRef, filename: string): void {
  const rows = file.query<{ store_id: number }>('SELECT store_id FROM store_identity');
  if (rows.length === 1 && rows[0]?.store_id === store.id) return;
  const found = rows[0] ? `store ${rows[0].store_id}` : 'no store';
  throw unavailable(
    'store_data_mismatch',
    store,
    `(store ${store.id}) was not opened: ${filename} belongs to ${found}. Put the right file back.`,
  );
}

function notOpened(store: StoreRef, filename: string, cause: unknown): UnavailableError {
  const { code = '', message } = cause as { code?: string; message: string };
  // A file that was cut off lacks its tables, or their pages.
  const isDamaged = /^SQLITE_(CORRUPT|NOTADB)/.test(code) || /no such table|malformed/.test(message);
  if (isDamaged)
    return unavailable('store_data_damaged', store, `cannot be read: ${filename} is damaged. Restore a backup.`, cause);
  return unavailable('store_data_closed', store, `cannot be opened: ${filename}: ${message}.`, cause);
}

function newerStore(store: StoreRef, unknown: readonly string[]): UnavailableError {
  return unavailable(
    'store_data_newer',
    store,
    `is from a newer version of Orion Studio (it has ${unknown.join(', ')}). Update the program; nothing was changed.`,
  );
}

/** Whether there is anything at this path. */
export async function exists(filename: string): Promise<boolean> {
  return stat(filename).then(
    () => true,
    () => false,
  );
}
