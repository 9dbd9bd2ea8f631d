/** The five backends, each over a place of its own, for suites that hold for all of them. */
import { onTestFinished } from 'vitest';
import { storeMigrations } from '../../migrations/store/index.ts';
import { createPostgresDatabaseBackend } from '../database/backends/postgres-database.ts';
import type { PostgresBackendOptions } from '../database/backends/postgres-options.ts';
import { createPostgresRowBackend } from '../database/backends/postgres-row.ts';
import { createPostgresSchemaBackend } from '../database/backends/postgres-schema.ts';
import { createSqliteDatabaseBackend, type SqliteBackendOptions } from '../database/backends/sqlite-database.ts';
import { createSqliteRowBackend } from '../database/backends/sqlite-row.ts';
import type { PostgresSettings } from '../database/postgres/settings.ts';
import type { BackendName, StoreBackend } from '../database/store-database.ts';
import { storeTables } from '../modules/index.ts';
import { createTestDatabase, runSql } from './postgres-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Where a backend's data lies: a folder's path, or the URL of a Postgres database. */
export type TestPlace = string;

export type TestBackendOptions = Partial<SqliteBackendOptions & PostgresBackendOptions>;

/** How each backend is made for a test. */
export interface TestBackend {
  /** A new empty place; it goes away with the test. */
  readonly place: () => Promise<TestPlace>;
  /** A backend over a place; it is closed with the test, when it was not before. */
  readonly open: (place: TestPlace, options?: TestBackendOptions) => StoreBackend;
}

const tables = storeTables;
const migrations = storeMigrations;

const sqlite = (create: typeof createSqliteRowBackend): TestBackend => ({
  place: async () => temporaryFolder(),
  open: (directory, options) => closing(create({ directory, tables, migrations, maxOpenDatabases: 8, ...options })),
});

const postgres = (create: typeof createPostgresRowBackend): TestBackend => ({
  place: () => createTestDatabase(),
  open: (url, options) =>
    closing(
      create({
        settings: settingsOf(url),
        tables,
        migrations,
        maxConnections: 8,
        maxConnectionsPerStore: 2,
        maxOpenStores: 100,
        ...options,
      }),
    ),
});

export const TEST_BACKENDS: Readonly<Record<BackendName & string, TestBackend>> = {
  'sqlite/database': sqlite(createSqliteDatabaseBackend),
  'sqlite/row': sqlite(createSqliteRowBackend),
  'postgres/row': postgres(createPostgresRowBackend),
  'postgres/schema': postgres(createPostgresSchemaBackend),
  'postgres/database': postgres(createPostgresDatabaseBackend),
} as Record<BackendName, TestBackend>;

/** The settings in the URL of a test's database. */
export function settingsOf(url: TestPlace): PostgresSettings {
  const { hostname, port, pathname, username, password } = new URL(url);
  return {
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    ssl: false,
  };
}

function closing(backend: StoreBackend): StoreBackend {
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await backend.close();
  };
  onTestFinished(close);
  return { ...backend, close };
}

/** Columns, constraints and indexes of a schema, one line each, without the schema's name. */
export async function shapeOf(url: string, schema: string): Promise<string[]> {
  const sql = `SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS line
      FROM information_schema.columns WHERE table_schema = $1
    UNION ALL SELECT 'constraint ' || c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE k.connamespace = $1::regnamespace
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = $1`;
  const { rows } = await runSql(url, (client) => client.query(sql, [schema]));
  return rows.map((row) => String(row.line).replaceAll(`${schema}.`, '')).sort();
}
