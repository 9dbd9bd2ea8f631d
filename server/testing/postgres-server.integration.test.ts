/** What other tests rely on: databases of their own, that leave nothing behind. */
import { expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, postgresTestUrl, runSql } from './postgres-server.ts';

async function names(sql: string): Promise<string[]> {
  return runSql(await postgresTestUrl(), async (client) => (await client.query(sql)).rows.map((row) => row.name));
}

it('gives each test an empty database, and the same Postgres to all', async () => {
  const [one, two] = [await createTestDatabase(), await createTestDatabase()];

  expect(one).not.toBe(two);
  expect(new URL(one).host).toBe(new URL(await postgresTestUrl()).host);
  const tables = await runSql(one, (client) =>
    client.query(`SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`),
  );
  expect(tables.rowCount).toBe(0);
});

it('makes an owner with the chosen rights alone', async () => {
  const url = await createTestDatabase({ owner: { createdb: true } });

  const { rows } = await runSql(url, (client) =>
    client.query('SELECT rolsuper, rolcreatedb, rolcreaterole, rolcanlogin FROM pg_roles WHERE rolname = current_user'),
  );

  expect(rows).toEqual([{ rolsuper: false, rolcreatedb: true, rolcreaterole: false, rolcanlogin: true }]);
});

it('removes databases, their stores’ databases and the role, also while somebody is connected', async () => {
  let name = '';
  onTestFinished(async () => {
    expect(await names(`SELECT datname AS name FROM pg_database WHERE datname LIKE '${name}%'`)).toEqual([]);
    expect(await names(`SELECT rolname AS name FROM pg_roles WHERE rolname = '${name}'`)).toEqual([]);
  });
  const url = await createTestDatabase({ owner: { createdb: true } });
  name = new URL(url).username;
  await runSql(url, async (client) => {
    await client.query(`CREATE DATABASE ${name}_store_1`);
    await client.query(`CREATE DATABASE ${name}_store_template IS_TEMPLATE true`);
  });
});
