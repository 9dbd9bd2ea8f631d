import type { Sequelize } from 'sequelize';
import { createMigrator, executedMigrations, refuseNewer } from '../migrator.ts';
import { withMigrationLock } from '../postgres/migration-lock.ts';
import { createPostgresPool, type PostgresPool } from '../postgres/pool.ts';
import { createPostgresDatabase } from '../postgres/postgres-database.ts';
import { exempt, schemaTarget } from '../postgres/schema-target.ts';
import { sequelizeOver } from '../postgres/sequelize.ts';
import { bindSchemaToStore } from '../postgres/store-schema.ts';
import type { SqlDatabase } from '../sql-database.ts';
import { quoteName } from '../statement-builder.ts';
import type { StoreBackend, StoreRef } from '../store-database.ts';
import { HandleCache } from './handle-cache.ts';
import { type PostgresBackendOptions, poolOptions } from './postgres-options.ts';
import { createStoreHandle } from './store-handle.ts';
import { OWN_DATABASE_SCHEMA as SCHEMA, storeDatabaseName } from './store-places.ts';
import { isBehind, refuseOtherStore, storeMissing } from './store-unavailable.ts';

/** A store's database while it is open. */
interface OpenStore {
  readonly pool: PostgresPool;
  readonly sequelize: Sequelize;
  readonly database: SqlDatabase;
}

/**
 * `postgres/database`: a database per store, each with a small pool of its own. Only so many pools are open that all
 * of them together stay within the total; the one that was used longest ago makes room.
 */
export function createPostgresDatabaseBackend(options: PostgresBackendOptions): StoreBackend {
  const { tables, guard, migrations, settings } = options;
  const prefix = `${settings.database}_store_`;
  const nameOf = (store: StoreRef) => storeDatabaseName(settings.database, store.id);
  const template = `${prefix}template`;
  const maxPools = Math.max(2, Math.floor(options.maxConnections / options.maxConnectionsPerStore));
  const admin = createPostgresPool(settings, poolOptions(options, 4));
  const pools = new Set([admin]);
  const close = async ({ pool }: OpenStore) => {
    pools.delete(pool);
    await pool.close();
  };
  const stores = new HandleCache<OpenStore>(maxPools, close, { isStrict: true });
  const poolOf = (name: string, max: number) =>
    createPostgresPool({ ...settings, database: name }, poolOptions(options, max));

  async function open(store: StoreRef): Promise<OpenStore> {
    if (!(await databaseExists(admin, nameOf(store)))) throw storeMissing(store, `database "${nameOf(store)}"`);
    const pool = poolOf(nameOf(store), options.maxConnectionsPerStore);
    try {
      const sequelize = sequelizeOver(pool);
      await bringUpToDate(pool, sequelize, store);
      const database = createPostgresDatabase({
        pool,
        sequelize,
        tables,
        schema: SCHEMA,
        enter: null,
        lock: store.id,
      });
      pools.add(pool);
      return { pool, sequelize, database };
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  async function bringUpToDate(pool: PostgresPool, sequelize: Sequelize, store: StoreRef): Promise<string[]> {
    const target = schemaTarget(sequelize, SCHEMA, guard);
    refuseOtherStore(store, `database "${nameOf(store)}"`, await identityOf(pool));
    if (!isBehind(store, (await target.transaction(executedMigrations)).keys(), migrations)) return [];
    const ran = await createMigrator(target, migrations, `store ${store.code}`).up();
    await exempt(guard, () => pool.use((client) => bindSchemaToStore(client, SCHEMA, store.id)));
    return ran;
  }

  const withStore = <Result>(store: StoreRef, work: (open: OpenStore) => Promise<Result>) =>
    stores.use(store.id, () => open(store), work);

  return {
    engine: 'postgres',
    isolation: 'database',
    migrate: () =>
      withMigrationLock(admin, async () => {
        if (!(await databaseExists(admin, template))) await createDatabase(admin, template, 'template0');
        // Nobody may be connected to a template while it is copied.
        const pool = poolOf(template, 1);
        try {
          const target = schemaTarget(sequelizeOver(pool), SCHEMA, guard);
          const migrator = createMigrator(target, migrations, 'the template of new stores');
          refuseNewer(await migrator.unknown());
          await migrator.up();
        } finally {
          await pool.close();
        }
      }),
    migrations: (store) =>
      withStore(store, ({ sequelize }) =>
        createMigrator(schemaTarget(sequelize, SCHEMA, guard), migrations, `store ${store.code}`).states(),
      ),
    migrateStore: (store) => withStore(store, ({ pool, sequelize }) => bringUpToDate(pool, sequelize, store)),
    async create(store) {
      if (await databaseExists(admin, nameOf(store))) return;
      const draft = `${nameOf(store)}_new`;
      await dropDatabase(admin, draft);
      await createDatabase(admin, draft, template);
      await bindDatabase(poolOf(draft, 1), store, guard);
      // The store's database is there whole, or not at all.
      await admin.use((client) =>
        client.query(`ALTER DATABASE ${quoteName(draft)} RENAME TO ${quoteName(nameOf(store))}`),
      );
    },
    async drop(store) {
      await stores.remove(store.id);
      await dropDatabase(admin, nameOf(store));
      await dropDatabase(admin, `${nameOf(store)}_new`);
    },
    use: (store, work) =>
      withStore(store, ({ database }) => {
        const run = () => work(createStoreHandle(database, store.id));
        return guard ? guard.within(store.id, run) : run();
      }),
    describe: (store) => `database "${nameOf(store)}"`,
    async size(store) {
      const { rows } = await admin.use((client) =>
        client.query({
          text: 'SELECT pg_database_size(oid) AS bytes FROM pg_database WHERE datname = $1',
          values: [nameOf(store)],
        }),
      );
      return Number(rows[0]?.bytes ?? 0);
    },
    check: () => admin.use(async (client) => void (await client.query('SELECT 1'))),
    stats: () => ({
      openDatabases: stores.size,
      maxOpenDatabases: maxPools,
      connections: totals([...pools], stores.waiting, options.maxConnections),
    }),
    async dropEverything() {
      await stores.clear();
      for (const name of await databasesWith(admin, prefix)) await dropDatabase(admin, name);
      await admin.close();
    },
    async close() {
      await stores.clear();
      await admin.close();
    },
  };
}

function totals(pools: readonly PostgresPool[], queued: number, max: number) {
  const all = pools.map((pool) => pool.stats());
  const sum = (pick: (stats: (typeof all)[number]) => number) => all.reduce((total, stats) => total + pick(stats), 0);
  return {
    open: sum((stats) => stats.open),
    used: sum((stats) => stats.used),
    waiting: queued + sum((stats) => stats.waiting),
    max,
  };
}

/** Binds the tables of a new database to its store. */
async function bindDatabase(
  pool: PostgresPool,
  store: StoreRef,
  guard: PostgresBackendOptions['guard'],
): Promise<void> {
  try {
    await exempt(guard, () =>
      pool.use(async (client) => {
        await bindSchemaToStore(client, SCHEMA, store.id);
        await client.query({
          text: `INSERT INTO ${SCHEMA}.store_identity (store_id) VALUES ($1) ON CONFLICT DO NOTHING`,
          values: [store.id],
        });
      }),
    );
  } finally {
    await pool.close();
  }
}

async function identityOf(pool: PostgresPool): Promise<number[]> {
  return pool.use(async (client) => {
    const there = await client.query(`SELECT to_regclass('${SCHEMA}.store_identity') IS NOT NULL AS found`);
    if (!there.rows[0]?.found) return [];
    const { rows } = await client.query(`SELECT store_id FROM ${SCHEMA}.store_identity`);
    return rows.map((row) => Number(row.store_id));
  });
}

async function databaseExists(admin: PostgresPool, name: string): Promise<boolean> {
  const { rows } = await admin.use((client) =>
    client.query({ text: 'SELECT 1 FROM pg_database WHERE datname = $1', values: [name] }),
  );
  return rows.length > 0;
}

async function databasesWith(admin: PostgresPool, prefix: string): Promise<string[]> {
  const { rows } = await admin.use((client) =>
    client.query({ text: 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)', values: [prefix] }),
  );
  return rows.map((row) => String(row.datname));
}

async function createDatabase(admin: PostgresPool, name: string, template: string): Promise<void> {
  await admin.use((client) => client.query(`CREATE DATABASE ${quoteName(name)} TEMPLATE ${quoteName(template)}`));
}

async function dropDatabase(admin: PostgresPool, name: string): Promise<void> {
  await admin.use((client) => client.query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`));
}
