/** Opens the places a platform can live in, with this program's tables and migrations. */
import { platformMigrations } from '../migrations/platform/index.ts';
import { storeMigrations } from '../migrations/store/index.ts';
import { createSqliteDatabaseBackend, removeDatabase } from './database/backends/sqlite-database.ts';
import { createSqliteRowBackend } from './database/backends/sqlite-row.ts';
import { migrationTarget } from './database/migrator.ts';
import type { OpenPlace, Place } from './database/place.ts';
import { openPlatformDatabase } from './database/platform-database.ts';
import { platformTables } from './database/platform-tables.ts';
import { openSqliteFile, type SqliteFile } from './database/sqlite-file.ts';
import { StartupError } from './errors.ts';
import { storeTables } from './modules/index.ts';
import { affordableStores } from './network/open-file-limit.ts';
import { recordStatement } from './observability/trace.ts';
import { openPostgresPlace } from './open-postgres-place.ts';
import type { PlaceOptions } from './place-options.ts';

/** Makes the function that opens places for one data folder. */
export function placeOpener(options: PlaceOptions): OpenPlace {
  return (address) => (address.engine === 'sqlite' ? openSqlitePlace(options) : openPostgresPlace(address, options));
}

async function openSqlitePlace({ config, folder, guard }: PlaceOptions): Promise<Place> {
  const file = openSqliteFile({ filename: folder.platformFile, tables: platformTables, onStatement: recordStatement });
  const platform = await openPlatformDatabase(file, platformMigrations, migrationTarget(file)).catch(
    async (error: unknown) => {
      await file.close();
      throw error;
    },
  );
  return {
    address: { engine: 'sqlite', databaseUrl: null },
    platform,
    label: 'the data folder',
    connection: {
      kind: 'file',
      version: sqliteVersion(file),
      host: null,
      port: null,
      database: null,
      user: null,
      isEncrypted: false,
      directory: folder.storesDir,
      shellCommand: `sqlite3 ${JSON.stringify(folder.platformFile)}`,
      passwordFile: null,
    },
    check: async () => undefined,
    openBackend(isolation) {
      const options = {
        directory: folder.storesDir,
        tables: storeTables,
        migrations: storeMigrations,
        maxOpenDatabases: affordableStores(config.maxOpenDatabases),
        onStatement: recordStatement,
        guard,
      };
      if (isolation === 'row') return createSqliteRowBackend(options);
      if (isolation === 'database') return createSqliteDatabaseBackend(options);
      throw new StartupError('SQLite has no schemas. There are sqlite/database and sqlite/row.', 2);
    },
    async drop() {
      await platform.close();
      await removeDatabase(folder.platformFile);
    },
    close: () => platform.close(),
  };
}

function sqliteVersion(file: SqliteFile): string {
  return file.query<{ version: string }>('SELECT sqlite_version() AS version')[0]?.version ?? '';
}
