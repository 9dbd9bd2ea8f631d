/** Every way in which a Postgres can be wrong is told before anything is done with it, and never with a password. */
import { appendFileSync, chownSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../../testing/postgres-cluster.ts';
import { createTestDatabase, type OwnerRights, runSql } from '../../testing/postgres-server.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../../testing/test-certificate.ts';
import type { Isolation } from '../store-database.ts';
import { checkPostgres } from './server-check.ts';
import type { PostgresCheckError } from './server-faults.ts';

/** Roles are a whole Postgres's: what is tested of them must not reach other tests. */
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

const SECRET = 'wrong hunter2/@:?#%';

function changed(url: string, change: (url: URL) => void): string {
  const copy = new URL(url);
  change(copy);
  return copy.href;
}

async function refusal(url: string, isolation: Isolation = 'schema'): Promise<PostgresCheckError> {
  const error = await checkPostgres(url, isolation).then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  const { password } = new URL(url);
  const shown = `${(error as Error).message} ${(error as Error).stack} ${JSON.stringify(error)}`;
  for (const secret of [password, decodeURIComponent(password)].filter(Boolean)) expect(shown).not.toContain(secret);
  return error as PostgresCheckError;
}

async function codes(url: string, isolation: Isolation = 'schema'): Promise<string[]> {
  return (await refusal(url, isolation)).obstacles.map(({ code }) => code);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function ownedDatabase(owner: OwnerRights = {}): Promise<string> {
  return createTestDatabase({ on: postgres.url, owner });
}

it('refuses a database after whose name no store’s database can be called', async () => {
  for (const [length, isolation, found] of [
    [42, 'database', null],
    [43, 'database', 'database_name_too_long'],
    [43, 'schema', null],
  ] as const) {
    const name = 'd'.repeat(length);
    await runSql(postgres.url, (client) => client.query(`CREATE DATABASE ${name}`));
    const url = changed(postgres.url, (one) => {
      one.pathname = `/${name}`;
    });
    if (found) expect(await codes(url, isolation)).toEqual([found]);
    else expect((await checkPostgres(url, isolation)).database).toBe(name);
    await runSql(postgres.url, (client) => client.query(`DROP DATABASE ${name}`));
  }
});

it('tells of a Postgres that can be used', async () => {
  const url = await createTestDatabase({ on: postgres.url });

  const check = await checkPostgres(url, 'row');

  expect(check).toMatchObject({
    version: expect.stringMatching(/^\d+(\.\d+)?$/),
    user: 'orion',
    database: new URL(url).pathname.slice(1),
    isEncrypted: false,
    notes: [],
    rights: { isSuperuser: true, bypassesRowSecurity: true, canCreateDatabases: true, canCreateRoles: true },
    settings: { host: '127.0.0.1', ssl: false },
  });
  expect(check.maxConnections).toBeGreaterThan(100);
});

describe('a connection that fails', () => {
  it('says that nothing answers', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));

    const { message } = await refusal(`postgres://u:hunter2@127.0.0.1:${port}/d`);

    expect(message).toBe(
      `Nothing answers at 127.0.0.1:${port}. Start Postgres there, or correct host and port of the address.`,
    );
  });

  it('says that a host is not known, and that a socket is not there', async () => {
    expect((await refusal('postgres://u:hunter2@nothing.invalid/d')).message).toContain('nothing.invalid');
    const folder = encodeURIComponent(temporaryFolder());
    expect((await refusal(`postgres://u:hunter2@${folder}/d`)).message).toContain('There is no socket');
  });

  it.each(['prefer', 'disable', 'require'])('says that something else answers there (sslmode=%s)', async (mode) => {
    const web = await listen(createHttpServer());
    const closing = await listen(createServer((socket) => socket.destroy()));

    expect(await codes(`postgres://u:hunter2@127.0.0.1:${web}/d?sslmode=${mode}`)).toEqual(['not_postgres']);
    expect(await codes(`postgres://u:hunter2@127.0.0.1:${closing}/d?sslmode=${mode}`)).toEqual(['not_postgres']);
  });

  it('says that the password is wrong or missing', async () => {
    const wrong = changed(postgres.url, (url) => {
      url.password = encodeURIComponent(SECRET);
    });
    const missing = changed(postgres.url, (url) => {
      url.password = '';
    });

    expect(await codes(wrong)).toEqual(['wrong_password']);
    expect(await codes(missing)).toEqual(['password_missing']);
  });

  it('says that the database is not there, and how to make it', async () => {
    const url = changed(postgres.url, (at) => {
      at.pathname = `/${encodeURIComponent('no "such" one')}`;
    });

    const { message } = await refusal(url);

    expect(message).toContain(`CREATE DATABASE "no ""such"" one" OWNER "orion" ENCODING 'UTF8' TEMPLATE template0;`);
  });

  it('says that a role may not log in or not connect', async () => {
    const url = await ownedDatabase();
    const { username } = new URL(url);
    await runSql(postgres.url, (client) => client.query(`ALTER ROLE ${username} NOLOGIN`));
    expect(await codes(url)).toEqual(['login_refused']);

    await runSql(postgres.url, (client) => client.query(`ALTER ROLE ${username} LOGIN`));
    await runSql(postgres.url, (client) =>
      client.query(`REVOKE CONNECT ON DATABASE ${username} FROM PUBLIC, ${username}`),
    );
    const { message } = await refusal(url);
    expect(message).toContain(`GRANT CONNECT ON DATABASE "${username}" TO "${username}";`);
  });
});

describe('TLS', () => {
  it('says that the server does not encrypt, and goes without where that is allowed', async () => {
    expect(await codes(`${postgres.url}?sslmode=require`)).toEqual(['no_tls']);
    expect(await codes(`${postgres.url}?sslmode=verify-full`)).toEqual(['no_tls']);
    await expect(checkPostgres(`${postgres.url}?sslmode=prefer`, 'schema')).resolves.toMatchObject({
      isEncrypted: false,
    });
  });

  it('says that a file of certificates cannot be read', async () => {
    await expect(checkPostgres(`${postgres.url}?sslmode=require&sslrootcert=/nowhere.pem`, 'schema')).rejects.toThrow(
      'The file that sslrootcert names cannot be read',
    );
  });

  it('encrypts, checks the certificate and the name, and says what is wrong with them', async () => {
    const server = await encryptingPostgres();
    onTestFinished(() => server.stop());
    const at = (host: string, query: string) =>
      changed(server.url, (url) => {
        url.host = `${host}:${url.port}`;
        url.search = query;
      });
    const root = join(temporaryFolder(), 'root.pem');
    writeFileSync(root, TEST_CERTIFICATE);

    for (const query of ['', 'sslmode=require', `sslmode=verify-ca&sslrootcert=${root}`])
      await expect(checkPostgres(at('127.0.0.1', query), 'schema')).resolves.toMatchObject({ isEncrypted: true });
    await expect(
      checkPostgres(at('localhost', `sslmode=verify-full&sslrootcert=${root}`), 'schema'),
    ).resolves.toMatchObject({ isEncrypted: true });
    expect(await codes(at('localhost', 'sslmode=verify-full'))).toEqual(['certificate_not_trusted']);
    expect(await codes(at('127.0.0.1', 'sslmode=verify-ca'))).toEqual(['certificate_not_trusted']);
    expect(await codes(at('127.0.0.1', `sslmode=verify-full&sslrootcert=${root}`))).toEqual(['certificate_other_host']);

    appendHba(server, 'hostnossl all all all reject');
    await reload(server);
    expect(await codes(at('127.0.0.1', 'sslmode=disable'))).toEqual(['tls_required']);
    appendHba(server, 'host all all all reject');
    await reload(server);
    expect(await codes(at('127.0.0.1', 'sslmode=require'))).toEqual(['no_entry']);
  });
});

describe('rights', () => {
  it('lets an owner use schemas without any right beside', async () => {
    await expect(checkPostgres(await ownedDatabase(), 'schema')).resolves.toMatchObject({
      rights: { isSuperuser: false, canCreateSchemas: true, canCreateDatabases: false, canCreateRoles: false },
    });
  });

  it('wants the right to create schemas for every isolation', async () => {
    const url = await ownedDatabase({ createdb: true, createrole: true });
    const { username } = new URL(url);
    await runSql(postgres.url, (client) => client.query(`ALTER DATABASE ${username} OWNER TO orion`));

    for (const isolation of ['row', 'schema', 'database'] as const) {
      expect((await refusal(url, isolation)).message).toContain(
        `GRANT CREATE ON DATABASE "${username}" TO "${username}";`,
      );
    }
    await runSql(postgres.url, (client) => client.query(`GRANT CREATE ON DATABASE ${username} TO ${username}`));
    await expect(checkPostgres(url, 'schema')).resolves.toBeDefined();
  });

  it('wants CREATEDB for databases', async () => {
    const url = await ownedDatabase();
    const { username } = new URL(url);

    expect((await refusal(url, 'database')).message).toContain(`ALTER ROLE "${username}" CREATEDB;`);

    await runSql(postgres.url, (client) => client.query(`ALTER ROLE ${username} CREATEDB`));
    await expect(checkPostgres(url, 'database')).resolves.toBeDefined();
  });

  it('wants a role that cannot bypass row security, or the right to make it', async () => {
    const url = await ownedDatabase();
    const { username } = new URL(url);
    const admin = (sql: string) => runSql(postgres.url, (client) => client.query(sql));
    const statement = async () => /runs: (.*;)$/.exec((await refusal(url, 'row')).message)?.[1] ?? '';
    await expect(checkPostgres(await ownedDatabase({ createrole: true }), 'row')).resolves.toBeDefined();

    expect(await codes(url, 'row')).toEqual(['no_app_role']);
    await admin(await statement());
    onTestFinished(async () => {
      await admin('DROP ROLE orion_app');
    });
    await expect(checkPostgres(url, 'row')).resolves.toMatchObject({ rights: { hasAppRole: true } });

    await admin('ALTER ROLE orion_app BYPASSRLS');
    expect(await codes(url, 'row')).toEqual(['unsafe_app_role']);
    await admin(await statement());
    await admin(`REVOKE orion_app FROM ${username}`);
    expect((await refusal(url, 'row')).message).toContain('may not take it');
    await admin(await statement());
    await expect(checkPostgres(url, 'row')).resolves.toBeDefined();
  });

  it('lists everything that is missing at once', async () => {
    const url = await ownedDatabase();
    const { username } = new URL(url);
    await runSql(postgres.url, async (client) => {
      await client.query(`ALTER DATABASE ${username} OWNER TO orion`);
      await client.query(`ALTER DATABASE ${username} SET default_transaction_read_only = on`);
    });

    expect(await codes(url, 'database')).toEqual(['read_only', 'cannot_create_schemas', 'cannot_create_databases']);
  });
});

it('refuses a database whose schema platform is somebody else’s, and knows its own', async () => {
  const url = await createTestDatabase({ on: postgres.url });
  const run = (sql: string) => runSql(url, (client) => client.query(sql));
  await run('CREATE SCHEMA platform');
  await run('CREATE TABLE platform.users (id INTEGER)');
  expect(await codes(url)).toEqual(['foreign_tables']);

  await run('CREATE TABLE platform.schema_migrations (name TEXT)');
  await expect(checkPostgres(url, 'schema')).resolves.toBeDefined();
});

it('refuses a database that does not know every character', async () => {
  const url = await createTestDatabase({ on: postgres.url });
  const { pathname } = new URL(url);
  const name = `${pathname.slice(1)}_store_latin`;
  await runSql(postgres.url, (client) => client.query(`CREATE DATABASE ${name} ENCODING 'LATIN1' TEMPLATE template0`));

  expect(await codes(url.replace(pathname, `/${name}`))).toEqual(['wrong_encoding']);
});

it('notices a pooler in between', async () => {
  const url = await createTestDatabase({ on: postgres.url });
  const port = await listen(poolerBefore(Number(new URL(url).port)));

  const { notes } = await checkPostgres(
    changed(url, (at) => {
      at.port = String(port);
    }),
    'schema',
  );

  expect(notes.join()).toContain('pool_mode = session');
});

/** Passes everything on, and makes up the number of the connection, as poolers do. */
function poolerBefore(port: number): Server {
  const keyData = Buffer.from([0x4b, 0, 0, 0, 12]);
  return createServer((client) => {
    const server = connect(port, '127.0.0.1');
    client.pipe(server);
    server.on('data', (chunk) => {
      const at = chunk.indexOf(keyData);
      if (at >= 0) chunk.writeInt32BE(1, at + keyData.length);
      client.write(chunk);
    });
    for (const socket of [client, server]) socket.on('error', () => undefined);
    server.on('close', () => client.destroy());
  });
}

async function encryptingPostgres(): Promise<TestPostgres> {
  const server = await startTestPostgres();
  const { uid, gid } = statSync(server.directory);
  for (const [name, text] of [
    ['server.crt', TEST_CERTIFICATE],
    ['server.key', TEST_KEY],
  ] as const) {
    const file = join(server.directory, name);
    writeFileSync(file, text, { mode: 0o600 });
    chownSync(file, uid, gid);
  }
  await runSql(server.url, (client) => client.query('ALTER SYSTEM SET ssl = on'));
  await reload(server);
  return server;
}

/** The first fitting line counts. */
function appendHba({ directory }: TestPostgres, line: string): void {
  const file = join(directory, 'pg_hba.conf');
  const usual = 'local all orion trust\nhost all all all scram-sha-256\n';
  writeFileSync(file, `${line}\n`);
  appendFileSync(file, usual);
}

/** Reloads and waits until new connections see it. */
async function reload(server: TestPostgres): Promise<void> {
  const ask = async (sql: string): Promise<string> => {
    // Until it encrypts, only the plain address works; then both do.
    const run = (url: string) => runSql(url, (client) => client.query(sql));
    const { rows } = await run(server.url).catch(() => run(`${server.url}?sslmode=no-verify`));
    return String(Object.values(rows[0] as object)[0]);
  };
  const loadedAt = () => ask('SELECT pg_conf_load_time()::text').catch((error: Error) => error.message);
  const before = await loadedAt();
  await ask('SELECT pg_reload_conf()');
  await vi.waitUntil(async () => (await loadedAt()) !== before);
}
