/** Fresh databases for integration tests, on the one Postgres of the test run. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

/** Rights of the role that owns a test's database; without a role it belongs to the superuser. */
export interface OwnerRights {
  /** Default true. */
  readonly login?: boolean;
  readonly createdb?: boolean;
  readonly createrole?: boolean;
}

export interface TestDatabaseOptions {
  /** Makes a role of its own, not a superuser, as owner; the URL is then that role's. */
  readonly owner?: OwnerRights;
  /** Another Postgres than the run's: URL of its database `postgres` as a superuser. */
  readonly on?: string;
}

/** The URL of the run's Postgres: database `postgres`, as a superuser. The first call starts it. */
export async function postgresTestUrl(): Promise<string> {
  const answer = await fetch(inject('postgresStarter'));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The Postgres of the test run does not start: ${text}`);
  return text;
}

/** Makes an empty database and returns its URL. It goes away with the test, as do `<name>_store_...` and the role. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<string> {
  const server = options.on ?? (await postgresTestUrl());
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await runSql(server, async (client) => {
    if (options.owner) await makeRole(client, name, options.owner, url);
    await client.query(`CREATE DATABASE ${name} ${options.owner ? `OWNER ${name}` : ''}`);
  });
  onTestFinished(() => runSql(server, (client) => removeDatabases(client, name)));
  return url.href;
}

/** Runs statements as whoever the URL names, on a connection of their own. */
export async function runSql<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function makeRole(client: pg.Client, name: string, rights: OwnerRights, url: URL): Promise<void> {
  const { login = true, createdb = false, createrole = false } = rights;
  const password = randomBytes(12).toString('hex');
  const flags = [login ? 'LOGIN' : 'NOLOGIN', createdb && 'CREATEDB', createrole && 'CREATEROLE'].filter(Boolean);
  await client.query(`CREATE ROLE ${name} ${flags.join(' ')} PASSWORD '${password}'`);
  url.username = name;
  url.password = password;
}

async function removeDatabases(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname = $1 OR datname LIKE $1 || '\\_store\\_%'`,
    [name],
  );
  for (const { datname } of rows) {
    await client.query(`UPDATE pg_database SET datistemplate = false WHERE datname = $1`, [datname]);
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(datname)} WITH (FORCE)`);
  }
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (rowCount === 0) return;
  await client.query(`DROP OWNED BY ${name} CASCADE`);
  await client.query(`DROP ROLE ${name}`);
}
