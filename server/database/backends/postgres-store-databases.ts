import type { Sequelize } from 'sequelize';
import { exemptFrom } from '../guard/guarded-work.ts';
import { createMigrator, executedMigrations } from '../migrator.ts';
import { databaseExists } from '../postgres/databases.ts';
import { createPostgresPool, type PoolStats, type PostgresPool } from '../postgres/pool.ts';
import { createPostgresDatabase } from '../postgres/postgres-database.ts';
import { schemaTarget } from '../postgres/schema-target.ts';
import { sequelizeOver } from '../postgres/sequelize.ts';
import { bindSchemaToStore } from '../postgres/store-schema.ts';
import type { SqlDatabase } from '../sql-database.ts';
import type { MigrationState, StoreRef } from '../store-database.ts';
import { HandleCache } from './handle-cache.ts';
import { type PostgresBackendOptions, poolOptions } from './postgres-options.ts';
import { whileOpening } from './store-not-migrated.ts';
import { isBehind, refuseOtherStore, storeMissing } from './store-unavailable.ts';

/** The schema of a store's tables in its own database. */
export const OWN_SCHEMA = 'public';

/** A store's database while it is open. */
interface OpenStore {
  readonly pool: PostgresPool;
  readonly sequelize: Sequelize;
  readonly database: SqlDatabase;
}

/**
 * The databases of stores that are open, each with a small pool. Only so many are open that all pools together stay
 * within the total; the one that was used longest ago makes room, and who finds no room waits.
 */
export class PostgresStoreDatabases {
  readonly #options: PostgresBackendOptions;
  readonly #admin: PostgresPool;
  readonly #nameOf: (store: StoreRef) => string;
  readonly #pools = new Set<PostgresPool>();
  readonly #open: HandleCache<OpenStore>;
  readonly max: number;

  constructor(options: PostgresBackendOptions, admin: PostgresPool, nameOf: (store: StoreRef) => string) {
    this.#options = options;
    this.#admin = admin;
    this.#nameOf = nameOf;
    this.max = Math.max(2, Math.floor(options.maxConnections / options.maxConnectionsPerStore));
    this.#open = new HandleCache<OpenStore>(this.max, (open) => this.#close(open), { isStrict: true });
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Runs `work` with a store's database. @throws {UnavailableError} when it is missing or another store's */
  use<Result>(store: StoreRef, work: (database: SqlDatabase) => Promise<Result>): Promise<Result> {
    return this.#open.use(
      store.id,
      () => this.#openStore(store),
      ({ database }) => work(database),
    );
  }

  migrations(store: StoreRef): Promise<MigrationState[]> {
    return this.#beside(store, (_pool, sequelize) =>
      createMigrator(this.#target(sequelize), this.#options.migrations, `store ${store.code}`).states(),
    );
  }

  migrate(store: StoreRef): Promise<string[]> {
    return this.#beside(store, (pool, sequelize) => this.#bringUpToDate(pool, sequelize, store));
  }

  close(store: StoreRef): Promise<void> {
    return this.#open.remove(store.id);
  }

  closeAll(): Promise<void> {
    return this.#open.clear();
  }

  stats(): PoolStats {
    const all = [this.#admin, ...this.#pools].map((pool) => pool.stats());
    const sum = (pick: (stats: PoolStats) => number) => all.reduce((total, stats) => total + pick(stats), 0);
    return {
      open: sum((stats) => stats.open),
      used: sum((stats) => stats.used),
      waiting: this.#open.waiting + sum((stats) => stats.waiting),
      max: this.#options.maxConnections,
    };
  }

  /** Runs `work` over one connection of its own: opening a store would bring it up to date. */
  async #beside<Result>(
    store: StoreRef,
    work: (pool: PostgresPool, sequelize: Sequelize) => Promise<Result>,
  ): Promise<Result> {
    const name = this.#nameOf(store);
    if (!(await databaseExists(this.#admin, name))) throw storeMissing(store, `database "${name}"`);
    const pool = createPostgresPool({ ...this.#options.settings, database: name }, poolOptions(this.#options, 1));
    try {
      return await work(pool, sequelizeOver(pool, this.#options.guard));
    } finally {
      await pool.close();
    }
  }

  async #openStore(store: StoreRef): Promise<OpenStore> {
    const name = this.#nameOf(store);
    if (!(await databaseExists(this.#admin, name))) throw storeMissing(store, `database "${name}"`);
    const { settings, tables, maxConnectionsPerStore } = this.#options;
    const pool = createPostgresPool(
      { ...settings, database: name },
      poolOptions(this.#options, maxConnectionsPerStore),
    );
    try {
      const sequelize = sequelizeOver(pool, this.#options.guard);
      await whileOpening(store, () => this.#bringUpToDate(pool, sequelize, store));
      const own = { pool, sequelize, tables, schema: OWN_SCHEMA, enter: null, lock: store.id };
      this.#pools.add(pool);
      return { pool, sequelize, database: createPostgresDatabase(own) };
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  async #bringUpToDate(pool: PostgresPool, sequelize: Sequelize, store: StoreRef): Promise<string[]> {
    const { migrations, guard } = this.#options;
    const target = this.#target(sequelize);
    refuseOtherStore(store, `database "${this.#nameOf(store)}"`, await identityOf(pool));
    if (!isBehind(store, (await target.transaction(executedMigrations)).keys(), migrations)) return [];
    const ran = await createMigrator(target, migrations, `store ${store.code}`).up();
    await exemptFrom(guard, 'migrations', () => pool.use((client) => bindSchemaToStore(client, OWN_SCHEMA, store.id)));
    return ran;
  }

  #target(sequelize: Sequelize) {
    return schemaTarget(sequelize, OWN_SCHEMA, this.#options.guard);
  }

  async #close({ pool }: OpenStore): Promise<void> {
    this.#pools.delete(pool);
    await pool.close();
  }
}

/** The stores a database says it is for. */
async function identityOf(pool: PostgresPool): Promise<number[]> {
  return pool.use(async (client) => {
    const there = await client.query(`SELECT to_regclass('${OWN_SCHEMA}.store_identity') IS NOT NULL AS found`);
    if (!there.rows[0]?.found) return [];
    const { rows } = await client.query(`SELECT store_id FROM ${OWN_SCHEMA}.store_identity`);
    return rows.map((row) => Number(row.store_id));
  });
}
