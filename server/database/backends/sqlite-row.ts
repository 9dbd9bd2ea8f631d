import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { exemptFrom, withinStore } from '../guard/guarded-work.ts';
import { createMigrator, migrationTarget, refuseNewer } from '../migrator.ts';
import { openSqliteFile, type SqliteFile } from '../sqlite-file.ts';
import type { StoreBackend } from '../store-database.ts';
import { removeDatabase, type SqliteBackendOptions } from './sqlite-database.ts';
import { createStoreHandle } from './store-handle.ts';
import { SHARED_FILE_NAME } from './store-places.ts';

const oneFile = (isOpen: boolean) => ({ open: isOpen ? 1 : 0, used: 0, waiting: 0, max: 1 });

/** `sqlite/row`: all stores share the tables of one file; `store_id` in every row tells them apart. */
export function createSqliteRowBackend(options: SqliteBackendOptions): StoreBackend {
  const { guard } = options;
  const filename = join(options.directory, SHARED_FILE_NAME);
  let file: SqliteFile | null = null;
  const opened = (): SqliteFile => {
    file ??= openSqliteFile({ filename, tables: options.tables, onStatement: options.onStatement, guard });
    return file;
  };
  return {
    engine: 'sqlite',
    isolation: 'row',
    async migrate() {
      await mkdir(options.directory, { recursive: true });
      const migrator = createMigrator(migrationTarget(opened()), options.migrations, 'the shared store tables');
      refuseNewer(await migrator.unknown());
      await exemptFrom(guard, 'migrations', () => migrator.up());
    },
    migrations: async () =>
      createMigrator(migrationTarget(opened()), options.migrations, 'the shared store tables').states(),
    migrateStore: async () =>
      exemptFrom(guard, 'migrations', () =>
        createMigrator(migrationTarget(opened()), options.migrations, 'the shared store tables').up(),
      ),
    // A store without rows needs no place of its own.
    create: async () => undefined,
    async drop(store) {
      const shared = opened();
      const removeRows = () =>
        shared.transaction(async (transaction) => {
          // Rows that refer to others go first: tables are listed in the order they were made.
          for (const definition of options.tables.toReversed())
            await shared.table<{ storeId: number }>(definition, { storeId: store.id }, transaction).delete({});
        });
      await withinStore(guard, store.id, removeRows);
    },
    use: (store, work) => withinStore(guard, store.id, () => work(createStoreHandle(opened(), store.id))),
    describe: (store) =>
      `shared tables of ${basename(options.directory)}/${basename(filename)} in the data folder, rows with store_id ${store.id}`,
    // Rows of all stores lie between each other.
    size: async () => null,
    async check() {
      opened().query('SELECT count(*) FROM schema_migrations');
    },
    stats: () => ({ openDatabases: file ? 1 : 0, maxOpenDatabases: 1, connections: oneFile(file !== null) }),
    async dropEverything() {
      await file?.close();
      file = null;
      await removeDatabase(filename);
    },
    async close() {
      await file?.close();
      file = null;
    },
  };
}
