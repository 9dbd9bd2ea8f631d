import { access, constants, copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { withinStore } from '../guard/guarded-work.ts';
import type { ScopeGuard } from '../guard/scope-guard.ts';
import { createMigrator, type Migration, migrationStates, migrationTarget, refuseNewer } from '../migrator.ts';
import type { AnyTableDefinition } from '../model.ts';
import { openSqliteFile, type SqliteFile } from '../sqlite-file.ts';
import type { StatementEvent } from '../statement-event.ts';
import type { StoreBackend, StoreRef } from '../store-database.ts';
import { HandleCache } from './handle-cache.ts';
import { exists, openStoreFile } from './open-store-file.ts';
import { createStoreHandle } from './store-handle.ts';
import { whileMigrating } from './store-not-migrated.ts';
import { storeFileName } from './store-places.ts';

export interface SqliteBackendOptions {
  /** Folder of the files; made when absent. */
  readonly directory: string;
  readonly tables: readonly AnyTableDefinition[];
  readonly migrations: readonly Migration[];
  /** How many stores' files are kept open; each takes up to six file descriptors. */
  readonly maxOpenDatabases: number;
  readonly onStatement?: ((event: StatementEvent) => void) | undefined;
  readonly guard?: ScopeGuard | undefined;
}

/** Store files and the template, with what SQLite lays beside them. */
const OWN_FILE = /^(store_\d+|template)\.sqlite(\.new)?(-wal|-shm|-journal)?$/;

/**
 * `sqlite/database`: a file per store. A new store's file is a copy of a migrated template; a file that is
 * behind is migrated when it is opened, so starting does not take longer with more stores.
 */
export function createSqliteDatabaseBackend(options: SqliteBackendOptions): StoreBackend {
  const { directory, migrations } = options;
  const template = join(directory, 'template.sqlite');
  const fileOf = (store: StoreRef) => join(directory, storeFileName(store.id));
  const handles = new HandleCache<SqliteFile>(options.maxOpenDatabases, (file) => file.close());
  const withFile = <Result>(store: StoreRef, work: (file: SqliteFile) => Promise<Result>) =>
    handles.use(store.id, () => openStoreFile(options, store, fileOf(store)), work);

  return {
    engine: 'sqlite',
    isolation: 'database',
    async migrate() {
      await mkdir(directory, { recursive: true });
      if (await isCurrent(template, migrations)) return;
      const draft = `${template}.new`;
      await removeDatabase(draft);
      const file = openSqliteFile({ filename: draft, tables: options.tables });
      try {
        await createMigrator(migrationTarget(file), migrations, 'the template of new stores').up();
      } finally {
        await file.close();
      }
      seal(draft);
      await renameDurably(draft, template, directory);
    },
    async create(store) {
      const filename = fileOf(store);
      if (await exists(filename)) return;
      const draft = `${filename}.new`;
      await removeDatabase(draft);
      await copyFile(template, draft, constants.COPYFILE_FICLONE);
      writeIdentity(draft, store.id);
      await renameDurably(draft, filename, directory);
    },
    async drop(store) {
      await handles.remove(store.id);
      await removeDatabase(fileOf(store));
      await removeDatabase(`${fileOf(store)}.new`);
    },
    use: (store, work) =>
      withFile(store, (file) => withinStore(options.guard, store.id, () => work(createStoreHandle(file, store.id)))),
    // Not through `withFile`: opening a file would bring it up to date.
    async migrations(store) {
      if (!(await exists(fileOf(store)))) return withFile(store, async () => []);
      return migrationStates(migrations, executedIn(fileOf(store)));
    },
    // A file is brought up to date when it is opened; one that is open already was.
    async migrateStore(store) {
      const before = executedIn(fileOf(store));
      await whileMigrating(() => withFile(store, async () => undefined));
      return [...executedIn(fileOf(store)).keys()].filter((name) => !before.has(name)).sort();
    },
    describe: (store) => `${basename(directory)}/${basename(fileOf(store))} in the data folder`,
    size: async (store) => (await fileSize(fileOf(store))) + (await fileSize(`${fileOf(store)}-wal`)),
    check: () => access(template, constants.R_OK),
    stats: () => ({
      openDatabases: handles.size,
      maxOpenDatabases: options.maxOpenDatabases,
      connections: { open: handles.size, used: handles.used, waiting: 0, max: options.maxOpenDatabases },
    }),
    async dropEverything() {
      await handles.clear();
      for (const name of await readdir(directory).catch(() => [])) {
        if (OWN_FILE.test(name)) await rm(join(directory, name), { force: true });
      }
    },
    close: () => handles.clear(),
  };
}

/** Makes it one file without a log beside it: copying it is then copying all of it. */
function seal(filename: string): void {
  const connection = new BetterSqlite3(filename);
  try {
    connection.pragma('journal_mode = DELETE');
  } finally {
    connection.close();
  }
}

/** Syncs nothing: the finished file is synced as a whole before it is renamed into place. */
function writeIdentity(filename: string, storeId: number): void {
  const connection = new BetterSqlite3(filename);
  try {
    connection.pragma('synchronous = OFF');
    connection.prepare('INSERT OR REPLACE INTO store_identity (store_id) VALUES (?)').run(storeId);
    // As it will be opened: changing it then would take syncs of its own.
    connection.pragma('journal_mode = WAL');
  } finally {
    connection.close();
  }
}

/** @throws {StartupError} when a newer version has made the template */
async function isCurrent(filename: string, migrations: readonly Migration[]): Promise<boolean> {
  if (!(await exists(filename))) return false;
  const names = [...executedIn(filename).keys()];
  refuseNewer(names.filter((name) => !migrations.some((migration) => migration.name === name)));
  return migrations.every((migration) => names.includes(migration.name));
}

/** Migrations that have run in a file, with their times; none when it cannot be read. */
function executedIn(filename: string): Map<string, string> {
  let connection: BetterSqlite3.Database | null = null;
  try {
    connection = new BetterSqlite3(filename, { readonly: true });
    const rows = connection.prepare('SELECT name, executed_at FROM schema_migrations').all();
    return new Map((rows as { name: string; executed_at: string }[]).map((row) => [row.name, row.executed_at]));
  } catch {
    return new Map();
  } finally {
    connection?.close();
  }
}

async function fileSize(filename: string): Promise<number> {
  return stat(filename).then(
    (found) => found.size,
    () => 0,
  );
}

/** Removes a SQLite file and what lies beside it. */
export async function removeDatabase(filename: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(filename + suffix, { force: true });
}

/** Renames a finished file into place so that a crash leaves it there whole or not at all. */
async function renameDurably(from: string, to: string, directory: string): Promise<void> {
  await syncPath(from);
  await rename(from, to);
  // Windows cannot open a folder; there the rename itself is journalled.
  if (process.platform !== 'win32') await syncPath(directory);
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
