import { exemptFrom, withinStore } from '../guard/guarded-work.ts';
import { createMigrator, type MigrationTarget, refuseNewer } from '../migrator.ts';
import { withMigrationLock } from '../postgres/migration-lock.ts';
import { createPostgresPool } from '../postgres/pool.ts';
import { createPostgresDatabase } from '../postgres/postgres-database.ts';
import { ensureAppRole, enterStore, forceRowSecurity, liftRowSecurity } from '../postgres/row-security.ts';
import { schemaTarget } from '../postgres/schema-target.ts';
import { sequelizeOver } from '../postgres/sequelize.ts';
import type { SqlDatabase } from '../sql-database.ts';
import type { StoreBackend, StoreRef } from '../store-database.ts';
import { HandleCache } from './handle-cache.ts';
import { type PostgresBackendOptions, poolOptions } from './postgres-options.ts';
import { createStoreHandle } from './store-handle.ts';
import { SHARED_SCHEMA } from './store-places.ts';

/**
 * `postgres/row`: all stores share the tables of one schema. Row-level security lets a transaction see the rows of the
 * one store it named, whatever the statement says.
 */
export function createPostgresRowBackend(options: PostgresBackendOptions): StoreBackend {
  const { tables, guard } = options;
  const pool = createPostgresPool(options.settings, poolOptions(options, options.maxConnections));
  const sequelize = sequelizeOver(pool, guard);
  const databases = new HandleCache<SqlDatabase>(options.maxOpenStores, async () => undefined);
  const target = sharedTarget(options, schemaTarget(sequelize, SHARED_SCHEMA, guard));
  const migrator = createMigrator(target, options.migrations, 'the shared store tables');
  const databaseOf = async ({ id }: StoreRef) =>
    createPostgresDatabase({ pool, sequelize, tables, schema: SHARED_SCHEMA, enter: enterStore(id), lock: id });
  const within = <Result>({ id }: StoreRef, work: () => Promise<Result>) => withinStore(guard, id, work);

  return {
    engine: 'postgres',
    isolation: 'row',
    async migrate() {
      await withMigrationLock(pool, async () => {
        await pool.use((client) => client.query(`CREATE SCHEMA IF NOT EXISTS ${SHARED_SCHEMA}`));
        await ensureAppRole(target);
        refuseNewer(await migrator.unknown());
        await migrator.up();
        await target.transaction((session) => forceRowSecurity(session, SHARED_SCHEMA));
      });
    },
    migrations: () => migrator.states(),
    migrateStore: () => migrator.up(),
    // A store without rows needs no place of its own.
    create: async () => undefined,
    drop: (store) =>
      within(store, async () => {
        const shared = await databaseOf(store);
        await shared.transaction(async (transaction) => {
          // Rows that refer to others go first: tables are listed in the order they were made.
          for (const definition of tables.toReversed())
            await shared.table<{ storeId: number }>(definition, { storeId: store.id }, transaction).delete({});
        });
        await databases.remove(store.id);
      }),
    use: (store, work) =>
      databases.use(
        store.id,
        () => databaseOf(store),
        (database) => within(store, () => work(createStoreHandle(database, store.id))),
      ),
    describe: (store) => `shared tables of schema "${SHARED_SCHEMA}", rows with store_id ${store.id}`,
    // Rows of all stores lie between each other.
    size: async () => null,
    check: () => pool.use(async (client) => void (await client.query('SELECT 1'))),
    stats: () => ({ openDatabases: 1, maxOpenDatabases: 1, connections: pool.stats() }),
    dropEverything: () =>
      exemptFrom(guard, 'drop-backend', async () => {
        await databases.clear();
        await pool.use((client) => client.query(`DROP SCHEMA IF EXISTS ${SHARED_SCHEMA} CASCADE`));
        await pool.close();
      }),
    close: () => pool.close(),
  };
}

/** A migration changes the rows of all stores: it sees all of them, and the policies are back before anyone else does. */
function sharedTarget(options: PostgresBackendOptions, plain: MigrationTarget): MigrationTarget {
  const change: MigrationTarget['change'] = (work) =>
    plain.transaction(async (session) => {
      await liftRowSecurity(session, SHARED_SCHEMA);
      const result = await work(session);
      await forceRowSecurity(session, SHARED_SCHEMA);
      return result;
    });
  return options.migrations.length === 0 ? plain : { ...plain, change };
}
