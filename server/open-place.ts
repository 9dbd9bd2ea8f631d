/** Opens the places a platform can live in, with this program's tables and migrations. */
import { platformMigrations } from '../migrations/platform/index.ts';
import { storeMigrations } from '../migrations/store/index.ts';
import type { Config } from './config.ts';
import { createSqliteDatabaseBackend, removeDatabase } from './database/backends/sqlite-database.ts';
import { createSqliteRowBackend } from './database/backends/sqlite-row.ts';
import type { OpenPlace, Place } from './database/place.ts';
import { openPlatformDatabase } from './database/platform-database.ts';
import { platformTables } from './database/platform-tables.ts';
import { openSqliteFile } from './database/sqlite-file.ts';
import { StartupError } from './errors.ts';
import { storeTables } from './modules/index.ts';
import type { DataFolder } from './network/data-folder.ts';
import { affordableStores } from './network/open-file-limit.ts';
import { recordStatement } from './observability/trace.ts';

/** Makes the function that opens places for one data folder. */
export function placeOpener(config: Config, folder: DataFolder): OpenPlace {
  return async (address) => {
    if (address.engine === 'sqlite') return openSqlitePlace(config, folder);
    throw new StartupError('The backends of postgres are not part of this version.', 2);
  };
}

async function openSqlitePlace(config: Config, folder: DataFolder): Promise<Place> {
  const file = openSqliteFile({ filename: folder.platformFile, tables: platformTables, onStatement: recordStatement });
  const platform = await openPlatformDatabase(file, platformMigrations);
  return {
    address: { engine: 'sqlite', databaseUrl: null },
    platform,
    label: 'the data folder',
    openBackend(isolation) {
      const options = {
        directory: folder.storesDir,
        tables: storeTables,
        migrations: storeMigrations,
        maxOpenDatabases: affordableStores(config.maxOpenDatabases),
        onStatement: recordStatement,
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
