/** Opens a Postgres, the data folder's own or another, as a place a platform can live in. */
import { platformMigrations } from '../migrations/platform/index.ts';
import { storeMigrations } from '../migrations/store/index.ts';
import { createPostgresDatabaseBackend } from './database/backends/postgres-database.ts';
import type { PostgresBackendOptions } from './database/backends/postgres-options.ts';
import { createPostgresRowBackend } from './database/backends/postgres-row.ts';
import { createPostgresSchemaBackend } from './database/backends/postgres-schema.ts';
import type { Place, PlaceAddress } from './database/place.ts';
import { openPlatformDatabase, type PlatformDatabase } from './database/platform-database.ts';
import { platformTables } from './database/platform-tables.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './database/postgres/embedded-postgres.ts';
import { withMigrationLock } from './database/postgres/migration-lock.ts';
import { createPostgresPool, type PostgresPool } from './database/postgres/pool.ts';
import { createPostgresDatabase } from './database/postgres/postgres-database.ts';
import { schemaTarget } from './database/postgres/schema-target.ts';
import { sequelizeOver } from './database/postgres/sequelize.ts';
import { checkPostgres, type PostgresCheck } from './database/postgres/server-check.ts';
import type { PostgresSettings } from './database/postgres/settings.ts';
import { openPostgresSharedState } from './database/postgres/shared-state.ts';
import { localSharedState } from './database/shared-state.ts';
import type { Isolation, StoreBackend } from './database/store-database.ts';
import { storeTables } from './modules/index.ts';
import { recordStatement } from './observability/trace.ts';
import type { PlaceOptions } from './place-options.ts';

/** The schema of the platform's own tables. */
const PLATFORM_SCHEMA = 'platform';
const PLATFORM_CONNECTIONS = 10;
/** For LISTEN, making databases, and whoever looks at them with another tool. */
const OTHER_CONNECTIONS = 10;
const OPEN_STORES = 1000;

type CreateBackend = (options: PostgresBackendOptions) => StoreBackend;

const BACKENDS: Readonly<Record<Isolation, CreateBackend>> = {
  row: createPostgresRowBackend,
  schema: createPostgresSchemaBackend,
  database: createPostgresDatabaseBackend,
};

/**
 * Starts the data folder's own Postgres, or checks the one that is named, and opens the platform in it.
 * @throws {StartupError} with what is wrong and what to do
 */
export async function openPostgresPlace(address: PlaceAddress, options: PlaceOptions): Promise<Place> {
  const { folder, log } = options;
  const embedded = address.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: folder.path, log }) : null;
  const url = address.databaseUrl ?? embedded?.url ?? '';
  try {
    const check = await checkPostgres(url, 'schema');
    for (const note of check.notes) log.warn({ event: 'postgres' }, note);
    embedded?.onExit((error) => log.error({ event: 'postgres' }, error.message));
    return await openChecked(address, url, check, embedded, options);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function openChecked(
  address: PlaceAddress,
  url: string,
  { settings, version, isEncrypted, maxConnections }: PostgresCheck,
  embedded: EmbeddedPostgres | null,
  options: PlaceOptions,
): Promise<Place> {
  const pool = createPostgresPool(settings, { max: PLATFORM_CONNECTIONS, onStatement: recordStatement });
  const platform = await openPlatform(pool);
  // The data folder's own Postgres is this process's alone.
  const shared = embedded
    ? localSharedState()
    : await openPostgresSharedState(pool, PLATFORM_SCHEMA).catch(async (error: unknown) => {
        await platform.close();
        throw error;
      });
  const close = async () => {
    await shared.processes.close();
    await platform.close();
    await embedded?.stop();
  };
  const { host, port, database, user } = settings;
  return {
    address,
    platform,
    shared,
    label: embedded ? 'the built-in Postgres of the data folder' : `Postgres at ${host}:${port}/${database}`,
    connection: {
      kind: embedded ? 'embedded' : 'external',
      version,
      host,
      port,
      database,
      user,
      isEncrypted,
      directory: embedded?.directory ?? null,
      shellCommand: shellCommand(settings, embedded?.passwordFile ?? null),
      passwordFile: embedded?.passwordFile ?? null,
    },
    async check(isolation) {
      await checkPostgres(url, isolation);
    },
    openBackend: (isolation) => BACKENDS[isolation](backendOptions(settings, maxConnections, options)),
    async drop() {
      await pool.use((client) => client.query(`DROP SCHEMA IF EXISTS ${PLATFORM_SCHEMA} CASCADE`));
      await close();
    },
    close,
  };
}

/** Opens the platform's database in a terminal; the password stays in its file. */
function shellCommand({ host, port, database, user }: PostgresSettings, passwordFile: string | null): string {
  const psql = `psql "host=${host} port=${port} dbname=${database} user=${user}"`;
  return passwordFile === null ? psql : `PGPASSWORD="$(cat '${passwordFile}')" ${psql}`;
}

/** @param available connections that the server gives this user in all */
function backendOptions(
  settings: PostgresSettings,
  available: number,
  { config, log, guard }: PlaceOptions,
): PostgresBackendOptions {
  const forStores = available - PLATFORM_CONNECTIONS - OTHER_CONNECTIONS;
  return {
    settings,
    tables: storeTables,
    migrations: storeMigrations,
    guard,
    onStatement: recordStatement,
    onChangedSession: (what) =>
      log.error({ event: 'session' }, `a connection came back to its pool changed and was closed: ${what}`),
    maxConnections: Math.max(4, Math.min(config.databaseConnections, forStores)),
    maxConnectionsPerStore: config.databaseConnectionsPerStore,
    maxOpenStores: OPEN_STORES,
  };
}

/** Closes the pool when the platform cannot be opened. */
async function openPlatform(pool: PostgresPool): Promise<PlatformDatabase> {
  const sequelize = sequelizeOver(pool);
  const schema = PLATFORM_SCHEMA;
  const database = createPostgresDatabase({ pool, sequelize, tables: platformTables, schema, enter: null, lock: 0 });
  try {
    return await withMigrationLock(pool, async () => {
      await pool.use((client) => client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`));
      return openPlatformDatabase(database, platformMigrations, schemaTarget(sequelize, schema, undefined));
    });
  } catch (error) {
    // Not before the lock is given back: closing waits for its connection.
    await pool.close();
    throw error;
  }
}
