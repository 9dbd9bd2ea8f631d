import { stat } from 'node:fs/promises';
import { UnavailableError } from '../../errors.ts';
import { exemptFrom } from '../guard/guarded-work.ts';
import { createMigrator, migrationTarget } from '../migrator.ts';
import { openSqliteFile, type SqliteFile } from '../sqlite-file.ts';
import type { StoreRef } from '../store-database.ts';
import type { SqliteBackendOptions } from './sqlite-database.ts';
import { whileOpening } from './store-not-migrated.ts';
import { isBehind, refuseOtherStore, storeMissing, storeUnavailable } from './store-unavailable.ts';

type OpenOptions = Pick<SqliteBackendOptions, 'tables' | 'migrations' | 'onStatement' | 'guard'>;

/**
 * Opens the file of one store: it must be there, whole, the store's own, and not from a newer version. A file that
 * is behind is migrated.
 * @throws {UnavailableError} saying which of these it is not
 */
export async function openStoreFile(options: OpenOptions, store: StoreRef, filename: string): Promise<SqliteFile> {
  if (!(await exists(filename))) throw storeMissing(store, filename);
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
    const rows = file.query<{ store_id: number }>('SELECT store_id FROM store_identity');
    refuseOtherStore(
      store,
      filename,
      rows.map((row) => row.store_id),
    );
    return file;
  } catch (error) {
    void file?.close();
    throw error instanceof UnavailableError ? error : notOpened(store, filename, error);
  }
}

/** One look is enough for most files: a template's copy is up to date. */
async function bringUpToDate(file: SqliteFile, options: OpenOptions, store: StoreRef): Promise<void> {
  const done = file.query<{ name: string }>('SELECT name FROM schema_migrations').map((row) => row.name);
  if (!isBehind(store, done, options.migrations)) return;
  const migrator = createMigrator(migrationTarget(file), options.migrations, `store ${store.code}`);
  await whileOpening(store, () => exemptFrom(options.guard, 'migrations', () => migrator.up()));
}

function notOpened(store: StoreRef, filename: string, cause: unknown): UnavailableError {
  const { code = '', message } = cause as { code?: string; message: string };
  // A file that was cut off lacks its tables, or their pages.
  const isDamaged = /^SQLITE_(CORRUPT|NOTADB)/.test(code) || /no such table|malformed/.test(message);
  if (isDamaged)
    return storeUnavailable(
      'store_data_damaged',
      store,
      `cannot be read: ${filename} is damaged. Restore a backup.`,
      cause,
    );
  return storeUnavailable('store_data_closed', store, `cannot be opened: ${filename}: ${message}.`, cause);
}

/** Whether there is anything at this path. */
export async function exists(filename: string): Promise<boolean> {
  return stat(filename).then(
    () => true,
    () => false,
  );
}
