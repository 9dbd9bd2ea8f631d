import { QueryTypes, type Sequelize } from 'sequelize';
import { MigrationError, Umzug } from 'umzug';
import { StartupError } from '../errors.ts';
import { translateDatabaseErrors } from './database-error.ts';
import type { Engine } from './store-database.ts';

/** Column types by engine, so that a migration is written once. */
export interface SqlTypes {
  readonly uuid: string;
  /** Integer primary key that is never given out twice. */
  readonly serial: string;
  readonly boolean: string;
  readonly json: string;
  /** A moment in UTC. */
  readonly timestamp: string;
  readonly true: string;
  readonly false: string;
}

export interface MigrationContext {
  readonly engine: Engine;
  readonly types: SqlTypes;
  /** Runs one statement. */
  readonly run: (sql: string) => Promise<void>;
  /** Adding and dropping a column know no IF (NOT) EXISTS. */
  readonly hasColumn: (table: string, column: string) => Promise<boolean>;
}

/** One change of a schema. Both ways can be repeated: they ask for what they need with IF (NOT) EXISTS or `hasColumn`. */
export interface Migration {
  /** `yyyymmddhhmmss-verb-noun`, also its file's name. */
  readonly name: string;
  readonly up: (context: MigrationContext) => Promise<void>;
  readonly down: (context: MigrationContext) => Promise<void>;
}

const SQLITE_TYPES: SqlTypes = {
  uuid: 'TEXT',
  serial: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  boolean: 'BOOLEAN',
  json: 'JSON',
  timestamp: 'DATETIME',
  true: '1',
  false: '0',
};

export interface Migrator {
  /** Runs what has not run yet; returns the names. */
  up(): Promise<string[]>;
  /** Takes back everything; for tests. */
  down(): Promise<void>;
  /** Names of migrations that have run here but are not known to this version: it is older than the data. */
  unknown(): Promise<string[]>;
}

/**
 * Migrations of one database, remembered in its table `schema_migrations`.
 * @param label names the database in errors, such as `the platform database` or `store techstore`
 */
export function createMigrator(sequelize: Sequelize, migrations: readonly Migration[], label: string): Migrator {
  const run = async (sql: string) => {
    await sequelize.query(sql);
  };
  const hasColumn = async (table: string, column: string) => {
    const rows = await sequelize.query('SELECT 1 FROM pragma_table_info($table) WHERE name = $column', {
      bind: { table, column },
      type: QueryTypes.SELECT,
    });
    return rows.length > 0;
  };
  const executed = async () => {
    const rows = await sequelize.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY name', {
      type: QueryTypes.SELECT,
    });
    return rows.map((row) => row.name);
  };
  const prepare = () =>
    run('CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY NOT NULL, executed_at TEXT NOT NULL)');
  /** What has run; nothing in a database that has never been migrated. */
  const done = async () => executed().catch(async () => prepare().then(executed));
  const umzug = new Umzug<MigrationContext>({
    migrations: migrations.map((migration) => ({
      name: migration.name,
      up: ({ context }) => migration.up(context),
      down: ({ context }) => migration.down(context),
    })),
    context: { engine: 'sqlite', types: SQLITE_TYPES, run, hasColumn },
    storage: {
      executed,
      logMigration: async ({ name }) => {
        await sequelize.query('INSERT INTO schema_migrations (name, executed_at) VALUES ($name, $at)', {
          bind: { name, at: new Date().toISOString() },
        });
      },
      unlogMigration: async ({ name }) => {
        await sequelize.query('DELETE FROM schema_migrations WHERE name = $name', { bind: { name } });
      },
    },
    logger: undefined,
  });
  return {
    up: () =>
      named(label, async () => {
        // Most databases are up to date: one look is enough for them.
        const known = new Set(await done());
        if (migrations.every((migration) => known.has(migration.name))) return [];
        return (await umzug.up()).map((migration) => migration.name);
      }),
    down: () =>
      named(label, async () => {
        await umzug.down({ to: 0 });
      }),
    async unknown() {
      const known = new Set(migrations.map((migration) => migration.name));
      return (await done()).filter((name) => !known.has(name));
    },
  };
}

/**
 * A program must not touch data that a newer one has changed.
 * @param unknown from {@link Migrator.unknown}
 * @throws {StartupError} when there is any
 */
export function refuseNewer(unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  throw new StartupError(
    `The data folder is from a newer version of Orion Studio (it has ${unknown.join(', ')}). Update the program, or name another folder with --data-dir. Nothing was changed.`,
  );
}

async function named<Result>(label: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await translateDatabaseErrors(work);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const cause = error.cause instanceof Error ? error.cause.message : String(error.cause);
    throw new StartupError(`Migration ${error.migration.name} of ${label} failed: ${cause}`);
  }
}
