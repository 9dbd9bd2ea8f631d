import { translateDatabaseErrors } from '../database-error.ts';
import { exemptFrom, withinStore } from '../guard/guarded-work.ts';
import { createMigrator, refuseNewer } from '../migrator.ts';
import {
  createDatabase,
  databaseExists,
  databaseSize,
  databasesWith,
  dropDatabase,
  renameDatabase,
} from '../postgres/databases.ts';
import { withMigrationLock } from '../postgres/migration-lock.ts';
import { createPostgresPool, type PostgresPool } from '../postgres/pool.ts';
import { schemaTarget } from '../postgres/schema-target.ts';
import { sequelizeOver } from '../postgres/sequelize.ts';
import { bindSchemaToStore, hasTables } from '../postgres/store-schema.ts';
import type { StoreBackend, StoreRef } from '../store-database.ts';
import { type PostgresBackendOptions, poolOptions } from './postgres-options.ts';
import { OWN_SCHEMA, PostgresStoreDatabases } from './postgres-store-databases.ts';
import { createStoreHandle } from './store-handle.ts';

const ADMIN_CONNECTIONS = 4;
/** What follows the prefix: the databases of a platform called `shop_store` begin as those of `shop` do. */
const OWN_NAME = /^(\d+(_new)?|template)$/;

/** `postgres/database`: a database per store, copied from a migrated template database. */
export function createPostgresDatabaseBackend(options: PostgresBackendOptions): StoreBackend {
  const { guard, settings } = options;
  const prefix = `${settings.database}_store_`;
  const nameOf = (store: StoreRef) => `${prefix}${store.id}`;
  const template = `${prefix}template`;
  const admin = createPostgresPool(settings, poolOptions(options, ADMIN_CONNECTIONS));
  const stores = new PostgresStoreDatabases(options, admin, nameOf);
  const connect = (name: string) => createPostgresPool({ ...settings, database: name }, poolOptions(options, 1));

  return {
    engine: 'postgres',
    isolation: 'database',
    migrate: () => withMigrationLock(admin, () => prepareTemplate(options, admin, template, connect)),
    migrations: (store) => stores.migrations(store),
    migrateStore: (store) => stores.migrate(store),
    create: (store) =>
      translateDatabaseErrors(async () => {
        if (await databaseExists(admin, nameOf(store))) return;
        const draft = `${nameOf(store)}_new`;
        await dropDatabase(admin, draft);
        await createDatabase(admin, draft, template);
        await bindDatabase(connect(draft), store, guard);
        // The store's database is there whole, or not at all.
        await renameDatabase(admin, draft, nameOf(store));
      }),
    async drop(store) {
      await stores.close(store);
      await dropDatabase(admin, nameOf(store));
      await dropDatabase(admin, `${nameOf(store)}_new`);
    },
    use: (store, work) =>
      stores.use(store, (database) => {
        const run = () => work(createStoreHandle(database, store.id));
        return withinStore(guard, store.id, run);
      }),
    describe: (store) => `database "${nameOf(store)}"`,
    size: (store) => databaseSize(admin, nameOf(store)),
    check: () => admin.use(async (client) => void (await client.query('SELECT 1'))),
    stats: () => ({ openDatabases: stores.size, maxOpenDatabases: stores.max, connections: stores.stats() }),
    async dropEverything() {
      await stores.closeAll();
      const names = await databasesWith(admin, prefix);
      for (const name of names.filter((one) => OWN_NAME.test(one.slice(prefix.length))))
        await dropDatabase(admin, name);
      await admin.close();
    },
    async close() {
      await stores.closeAll();
      await admin.close();
    },
  };
}

/** A template holds no rows: one that lost a table is made again. */
async function prepareTemplate(
  options: PostgresBackendOptions,
  admin: PostgresPool,
  template: string,
  connect: (name: string) => PostgresPool,
): Promise<void> {
  if (!(await databaseExists(admin, template))) await createDatabase(admin, template, 'template0');
  if (await migrateTemplate(options, connect(template))) return;
  await dropDatabase(admin, template);
  await createDatabase(admin, template, 'template0');
  await migrateTemplate(options, connect(template));
}

/** Closes the pool: nobody may be connected to a template while it is copied. Returns whether every table is there. */
async function migrateTemplate(
  { guard, migrations, tables }: PostgresBackendOptions,
  pool: PostgresPool,
): Promise<boolean> {
  try {
    const target = schemaTarget(sequelizeOver(pool, guard), OWN_SCHEMA, guard);
    const migrator = createMigrator(target, migrations, 'the template of new stores');
    refuseNewer(await migrator.unknown());
    await migrator.up();
    return await hasTables(pool, OWN_SCHEMA, tables);
  } finally {
    await pool.close();
  }
}

/** Binds the tables of a new database to its store; closes the pool. */
async function bindDatabase(
  pool: PostgresPool,
  store: StoreRef,
  guard: PostgresBackendOptions['guard'],
): Promise<void> {
  const insert = `INSERT INTO ${OWN_SCHEMA}.store_identity (store_id) VALUES ($1) ON CONFLICT DO NOTHING`;
  try {
    await exemptFrom(guard, 'migrations', () =>
      pool.use(async (client) => {
        await bindSchemaToStore(client, OWN_SCHEMA, store.id);
        await client.query({ text: insert, values: [store.id] });
      }),
    );
  } finally {
    await pool.close();
  }
}
