import { AppError } from '../../errors.ts';
import { translateDatabaseErrors } from '../database-error.ts';
import { exemptFrom, withinStore } from '../guard/guarded-work.ts';
import { createMigrator, executedMigrations, type Migration, type MigrationTarget, refuseNewer } from '../migrator.ts';
import { withMigrationLock } from '../postgres/migration-lock.ts';
import { createPostgresPool, type PostgresPool } from '../postgres/pool.ts';
import { createPostgresDatabase } from '../postgres/postgres-database.ts';
import { schemaTarget } from '../postgres/schema-target.ts';
import { sequelizeOver } from '../postgres/sequelize.ts';
import {
  bindSchemaToStore,
  hasTables,
  readTemplate,
  type SchemaTemplate,
  schemaScript,
} from '../postgres/store-schema.ts';
import type { SqlDatabase } from '../sql-database.ts';
import { quoteName } from '../statement-builder.ts';
import type { StoreBackend, StoreRef } from '../store-database.ts';
import { HandleCache } from './handle-cache.ts';
import { type PostgresBackendOptions, poolOptions } from './postgres-options.ts';
import { createStoreHandle } from './store-handle.ts';
import { whileOpening } from './store-not-migrated.ts';
import { isBehind, refuseOtherStore, storeMissing } from './store-unavailable.ts';

const TEMPLATE_SCHEMA = 'store_template';
/** Source: PostgreSQL manual, appendix A, class 42. */
const DUPLICATE_SCHEMA = '42P06';

/**
 * `postgres/schema`: a schema per store in one database. Statements name the schema, so a pooled connection belongs to
 * no store; a new store's schema is made like a migrated template.
 */
export function createPostgresSchemaBackend(options: PostgresBackendOptions): StoreBackend {
  const { tables, guard, migrations } = options;
  const pool = createPostgresPool(options.settings, poolOptions(options, options.maxConnections));
  const sequelize = sequelizeOver(pool, guard);
  const databases = new HandleCache<SqlDatabase>(options.maxOpenStores, async () => undefined);
  const targetOf = (schema: string) => schemaTarget(sequelize, schema, guard);
  let template: Promise<SchemaTemplate> | null = null;

  async function bringUpToDate(store: StoreRef): Promise<string[]> {
    const target = targetOf(store.schemaName);
    const ran = await createMigrator(target, migrations, `store ${store.code}`).up();
    if (ran.length > 0)
      await exemptFrom(guard, 'migrations', () =>
        pool.use((client) => bindSchemaToStore(client, store.schemaName, store.id)),
      );
    return ran;
  }

  async function open(store: StoreRef): Promise<SqlDatabase> {
    if (isBehind(store, await look(pool, targetOf(store.schemaName), store), migrations))
      await whileOpening(store, () => bringUpToDate(store));
    return createPostgresDatabase({ pool, sequelize, tables, schema: store.schemaName, enter: null, lock: store.id });
  }

  return {
    engine: 'postgres',
    isolation: 'schema',
    async migrate() {
      await withMigrationLock(pool, () => prepareTemplate(options, pool, targetOf(TEMPLATE_SCHEMA)));
      template = null;
    },
    migrations: (store) => createMigrator(targetOf(store.schemaName), migrations, `store ${store.code}`).states(),
    migrateStore: bringUpToDate,
    async create(store) {
      if ((await storesOf(pool, store.schemaName)) !== null) return;
      template ??= pool.use((client) => readTemplate(client, TEMPLATE_SCHEMA));
      const script = schemaScript(await template, store.schemaName, store.id);
      // Statements of one text are one transaction: the schema is there whole, or not at all.
      await translateDatabaseErrors(() =>
        exemptFrom(guard, 'migrations', () => pool.use((client) => client.query(script))),
      ).catch((error) => {
        throw (error as { code?: unknown }).code === DUPLICATE_SCHEMA ? schemaTaken(store, error) : error;
      });
    },
    async drop(store) {
      await databases.remove(store.id);
      const owners = await storesOf(pool, store.schemaName);
      // A schema that is not this store's is somebody else's.
      if (owners === null || !owners.includes(store.id)) return;
      await exemptFrom(guard, 'migrations', () => dropSchema(pool, store.schemaName));
    },
    use: (store, work) =>
      databases.use(
        store.id,
        () => open(store),
        (database) => withinStore(guard, store.id, () => work(createStoreHandle(database, store.id))),
      ),
    describe: (store) => `schema "${store.schemaName}"`,
    size: (store) => schemaSize(pool, store.schemaName),
    check: () => pool.use(async (client) => void (await client.query('SELECT 1'))),
    stats: () => ({
      openDatabases: databases.size,
      maxOpenDatabases: options.maxOpenStores,
      connections: pool.stats(),
    }),
    dropEverything: () =>
      exemptFrom(guard, 'drop-backend', async () => {
        await databases.clear();
        for (const schema of await schemasOfStores(pool)) await dropSchema(pool, schema);
        await dropSchema(pool, TEMPLATE_SCHEMA);
        await pool.close();
      }),
    close: () => pool.close(),
  };
}

/** A template holds no rows: one that lost a table is made again. */
async function prepareTemplate(
  { guard, migrations, tables }: PostgresBackendOptions,
  pool: PostgresPool,
  target: MigrationTarget,
): Promise<void> {
  await migrateTemplate(pool, target, migrations);
  if (await hasTables(pool, TEMPLATE_SCHEMA, tables)) return;
  await exemptFrom(guard, 'migrations', () => dropSchema(pool, TEMPLATE_SCHEMA));
  await migrateTemplate(pool, target, migrations);
}

async function migrateTemplate(
  pool: PostgresPool,
  target: MigrationTarget,
  migrations: readonly Migration[],
): Promise<void> {
  await pool.use((client) => client.query(`CREATE SCHEMA IF NOT EXISTS ${TEMPLATE_SCHEMA}`));
  const migrator = createMigrator(target, migrations, 'the template of new stores');
  refuseNewer(await migrator.unknown());
  await migrator.up();
}

/** The names of what has run in a store's schema, which must be its own. */
async function look(pool: PostgresPool, target: MigrationTarget, store: StoreRef): Promise<string[]> {
  const owners = await storesOf(pool, store.schemaName);
  const where = `schema "${store.schemaName}"`;
  if (owners === null) throw storeMissing(store, where);
  refuseOtherStore(store, where, owners);
  return [...(await target.transaction(executedMigrations)).keys()];
}

/** The stores a schema says it is for; null when there is no such schema, or it is not of this program. */
async function storesOf(pool: PostgresPool, schema: string): Promise<number[] | null> {
  const table = `${quoteName(schema)}.store_identity`;
  return pool.use(async (client) => {
    const there = await client.query({ text: 'SELECT to_regclass($1) IS NOT NULL AS found', values: [table] });
    if (!there.rows[0]?.found) return null;
    const { rows } = await client.query(`SELECT store_id FROM ${table}`);
    return rows.map((row) => Number(row.store_id));
  });
}

function schemaTaken({ code, schemaName }: StoreRef, cause: unknown): AppError {
  return new AppError(
    `The database has a schema "${schemaName}" already that is not this platform's. Choose another code than ${code}, or rename that schema.`,
    { status: 409, code: 'schema_taken', cause },
  );
}

async function schemasOfStores(pool: PostgresPool): Promise<string[]> {
  const { rows } = await pool.use((client) =>
    client.query(`SELECT n.nspname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = 'store_identity' AND c.relkind = 'r' AND n.nspname NOT IN ('stores', '${TEMPLATE_SCHEMA}')`),
  );
  return rows.map((row) => String(row.name));
}

async function dropSchema(pool: PostgresPool, schema: string): Promise<void> {
  await pool.use((client) => client.query(`DROP SCHEMA IF EXISTS ${quoteName(schema)} CASCADE`));
}

async function schemaSize(pool: PostgresPool, schema: string): Promise<number> {
  const { rows } = await pool.use((client) =>
    client.query({
      text: `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::int8 AS bytes FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r'`,
      values: [schema],
    }),
  );
  return Number(rows[0]?.bytes ?? 0);
}
