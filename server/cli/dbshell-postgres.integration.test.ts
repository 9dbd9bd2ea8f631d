/** The shell on Postgres, with every isolation: it sees the rows of its store, and only reads unless told otherwise. */
import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { storeMigrations } from '../../migrations/store/index.ts';
import { createPostgresDatabaseBackend } from '../database/backends/postgres-database.ts';
import { createPostgresRowBackend } from '../database/backends/postgres-row.ts';
import { createPostgresSchemaBackend } from '../database/backends/postgres-schema.ts';
import { SHARED_SCHEMA, storeDatabaseName } from '../database/backends/store-places.ts';
import { parsePostgresUrl } from '../database/postgres/address.ts';
import { settingsOf } from '../database/postgres/address-settings.ts';
import { openPostgresSession, type PostgresShellTarget } from '../database/shell/postgres-session.ts';
import type { ShellSession } from '../database/shell/shell-session.ts';
import type { StoreRef } from '../database/store-database.ts';
import { customers } from '../modules/customers/models.ts';
import { storeTables } from '../modules/index.ts';
import { readPlacePointer } from '../network/place-pointer.ts';
import { orion } from '../testing/orion.ts';
import { createTestDatabase } from '../testing/postgres-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { startTestPlatform } from '../testing/test-platform.ts';
import { findProgram, postgresClient } from './installed-client.ts';

const one: StoreRef = { id: 1, code: 'one', schemaName: 'one' };
const two: StoreRef = { id: 2, code: 'two-shops', schemaName: 'two_shops' };
const BACKENDS = {
  row: createPostgresRowBackend,
  schema: createPostgresSchemaBackend,
  database: createPostgresDatabaseBackend,
};
type Isolation = keyof typeof BACKENDS;

/** Two stores with a customer each; the function opens a shell on one. */
async function twoStores(isolation: Isolation) {
  const address = { ...parsePostgresUrl(await createTestDatabase()), sslMode: 'disable' as const };
  const backend = BACKENDS[isolation]({
    settings: await settingsOf(address, false),
    tables: storeTables,
    migrations: storeMigrations,
    maxConnections: 8,
    maxConnectionsPerStore: 2,
    maxOpenStores: 8,
  });
  onTestFinished(() => backend.close());
  await backend.migrate();
  for (const store of [one, two]) {
    await backend.create(store);
    const id = `00000000-0000-7000-8000-00000000000${store.id}`;
    const row = {
      id,
      email: store.code,
      name: store.code,
      createdAt: new Date('2026-01-02T03:04:05.006Z'),
      metadata: {},
    };
    await backend.use(store, (database) => database.table(customers).insert(row));
  }
  const targetOf = (store: StoreRef, canWrite: boolean): PostgresShellTarget => ({
    address:
      isolation === 'database' ? { ...address, database: storeDatabaseName(address.database, store.id) } : address,
    schema: { row: SHARED_SCHEMA, schema: store.schemaName, database: 'public' }[isolation],
    sharedWithStore: isolation === 'row' ? store.id : null,
    canWrite,
  });
  const open = async (store: StoreRef, canWrite = false): Promise<ShellSession> => {
    const session = await openPostgresSession(targetOf(store, canWrite));
    onTestFinished(() => session.close());
    return session;
  };
  return { open, targetOf };
}

const NAMES = 'SELECT name, created_at FROM customers ORDER BY name';

describe.each(Object.keys(BACKENDS) as Isolation[])('a shell on postgres/%s', (isolation) => {
  it('sees its own store under plain table names', async () => {
    const { open } = await twoStores(isolation);

    for (const store of [one, two]) {
      const session = await open(store);
      expect(await session.run(NAMES)).toEqual({
        columns: ['name', 'created_at'],
        rows: [[store.code, new Date('2026-01-02T03:04:05.006Z')]],
        changes: null,
      });
      expect(await session.tables()).toEqual(expect.arrayContaining(['customers', 'products', 'schema_migrations']));
      expect(await session.columns('customers')).toContainEqual({ name: 'id', type: 'uuid' });
      expect(await session.columns('nothing')).toEqual([]);
    }
  });

  it('refuses to write unless it may, then writes for its store alone, and takes one statement at a time', async () => {
    const { open } = await twoStores(isolation);
    const change = "UPDATE customers SET name = 'changed'";

    const reading = await open(two);
    await expect(reading.run(change)).rejects.toThrow(
      /read-only transaction\. The shell only reads; start it with --write/,
    );
    await expect(reading.run('SELECT 1; SELECT 2')).rejects.toThrow(/multiple commands/);
    await expect(reading.run('SELECT nope')).rejects.toMatchObject({ name: 'AppError', code: 'sql_failed' });
    const writing = await open(two, true);
    expect(await writing.run(change)).toEqual({ columns: [], rows: [], changes: 1 });

    expect((await (await open(one)).run(NAMES)).rows.map(([name]) => name)).toEqual(['one']);
    expect((await reading.run(NAMES)).rows.map(([name]) => name)).toEqual(['changed']);
  });

  it('gives psql the same, and the password in the environment alone', async () => {
    const { targetOf } = await twoStores(isolation);
    const target = targetOf(two, false);
    const { args, env } = postgresClient('psql', target);

    expect(JSON.stringify(args)).not.toContain(target.address.password);
    expect(env).toMatchObject({ PGPASSWORD: target.address.password, PGSSLMODE: 'disable' });
    expect(env['PGOPTIONS']).toContain('default_transaction_read_only=on');
    expect(postgresClient('psql', targetOf(two, true)).env['PGOPTIONS']).not.toContain('read_only');
  });

  it.skipIf(findProgram('psql') === null)('shows the same in psql itself', async () => {
    const { targetOf } = await twoStores(isolation);
    const { file, args, env } = postgresClient('psql', targetOf(two, false));
    const psql = (sql: string) =>
      promisify(execFile)(file, [...args, '-Atc', sql], { env: { ...process.env, ...env } });

    expect((await psql('SELECT name FROM customers')).stdout).toBe('two-shops\n');
    await expect(psql('DELETE FROM customers')).rejects.toThrow('read-only transaction');
  });
});

it('reaches the Postgres of a running server by what its data folder says, and tells nobody the password', async () => {
  const platform = await startTestPlatform({ backend: 'postgres/row', fixtures: 'techstore,fashion' });
  const pointer = await readPlacePointer(platform.dataDir);
  const { password } = parsePostgresUrl(pointer?.inForce.databaseUrl ?? '');
  const count = 'SELECT count(DISTINCT store_id) AS stores, min(store_id) AS id FROM products';

  const counted = await orion(platform.dataDir, ['dbshell', 'fashion', '-c', count, '--format', 'json']);
  const shown = await orion(platform.dataDir, ['backend', 'show']);

  const { id } = await platform.parts.stores.record('fashion');
  expect(JSON.parse(counted.out)).toEqual([{ stores: 1, id }]);
  expect(shown.out).toMatch(/^backend +postgres\/row$/m);
  expect(shown.out).not.toContain(password);
});

it('says that a database cannot be opened, without the password', async () => {
  const { targetOf } = await twoStores('schema');
  const { address, ...rest } = targetOf(one, false);

  const refused = openPostgresSession({ ...rest, address: { ...address, password: 'wrong-secret' } });

  await expect(refused).rejects.toMatchObject({ status: 503, code: 'database_unreachable' });
  await expect(refused).rejects.not.toThrow(/wrong-secret/);
});

it.skipIf(process.platform === 'win32')('finds a client on the path, and only one that can be run', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'psql'), '#!/bin/sh\n', { mode: 0o600 });

  expect(findProgram('psql', { PATH: folder })).toBeNull();
  chmodSync(join(folder, 'psql'), 0o700);
  expect(findProgram('psql', { PATH: `/nowhere:${folder}` })).toBe(join(folder, 'psql'));
});
