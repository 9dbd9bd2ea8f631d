/** The life of the built-in Postgres, with real processes: what must hold however the server or Postgres ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogger } from '../../observability/log.ts';
import { runSql } from '../../testing/postgres-server.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { findPostgresBinaries } from './embedded-binaries.ts';
import { preparePostgresFolder, reachableBinaries } from './embedded-folder.ts';
import { isPostmasterOf } from './embedded-orphan.ts';
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { spawnOptions } from './embedded-programs.ts';

const CHILD = join(import.meta.dirname, '../../testing/embedded-postgres-process.ts');
const isRoot = process.getuid?.() === 0;
const log = createLogger({ level: 'silent', format: 'json' });

async function start(dataDir: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, log, isDurable: false, ...options });
  onTestFinished(() => postgres.stop());
  return postgres;
}

async function refusal(dataDir: string, options: Partial<EmbeddedOptions> = {}): Promise<string> {
  return start(dataDir, options).then(
    () => 'was not refused',
    (error: Error) => {
      expect(error.name).toMatch(/Startup|PostgresStart/);
      return error.message;
    },
  );
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return runSql(url, async (client) => (await client.query(sql)).rows);
}

const answers = (url: string) =>
  ask(url, 'SELECT 1').then(
    () => true,
    () => false,
  );

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Clusters that are not whole yet. */
function draftsIn(dataDir: string): string[] {
  const folder = join(dataDir, 'postgres');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('cluster.new')) : [];
  return names.map((name) => join(folder, name));
}

const soon = { timeout: 30_000, interval: 20 };

describe('a start', () => {
  it('makes a database that only the password opens, on this computer alone, sorted by bytes and with checksums', async () => {
    const dataDir = temporaryFolder();
    const postgres = await start(dataDir);

    expect(
      await ask(
        postgres.url,
        `SELECT current_database() AS name, pg_encoding_to_char(encoding) AS encoding, datcollate AS collation,
           current_setting('data_checksums') AS checksums, current_setting('listen_addresses') AS addresses,
           current_setting('unix_socket_directories') AS sockets, current_setting('max_connections')::int AS connections,
           current_setting('autovacuum') AS autovacuum
         FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual([
      {
        name: 'orion',
        encoding: 'UTF8',
        collation: 'C',
        checksums: 'on',
        addresses: '127.0.0.1',
        sockets: '',
        connections: 120,
        autovacuum: 'on',
      },
    ]);
    for (const password of ['', 'wrong'])
      await expect(ask(postgres.url.replace(postgres.password, password), 'SELECT 1')).rejects.toThrow(/password/);
    expect(statSync(postgres.passwordFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(postgres.passwordFile, 'utf8').trim()).toBe(postgres.password);
    expect(postgres).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+$/),
      directory: expect.stringContaining('cluster'),
    });
  });

  it('keeps data, password and port from the last run, and writes safely unless it is for tests', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    await ask(first.url, 'CREATE TABLE kept (id INTEGER)');
    await first.stop();
    await first.stop();
    expect(await answers(first.url)).toBe(false);

    const second = await start(dataDir, { isDurable: true });

    expect(second.url).toBe(first.url);
    expect(await ask(second.url, "SELECT count(*)::int AS n, current_setting('fsync') AS fsync FROM kept")).toEqual([
      { n: 0, fsync: 'on' },
    ]);
  });

  it('takes another port when the last one is taken', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    await first.stop();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(first.port, '127.0.0.1', resolve));
    onTestFinished(() => {
      other.close();
    });

    const second = await start(dataDir);

    expect(second.port).not.toBe(first.port);
    expect(await answers(second.url)).toBe(true);
  });

  it('refuses a folder that another server’s Postgres uses, and leaves that one alone', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);

    expect(await refusal(dataDir)).toContain('is in use by another server');
    expect(await answers(first.url)).toBe(true);
  });

  it('refuses a cluster of another major version and changes nothing', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    await first.stop();
    writeFileSync(join(first.directory, 'PG_VERSION'), '15\n');

    const message = await refusal(dataDir);

    expect(message).toContain('is of version 15; this program brings version 18');
    expect(message).toContain('orion backend use sqlite/database');
    expect(readFileSync(join(first.directory, 'PG_VERSION'), 'utf8')).toBe('15\n');
  });

  it('makes a cluster again that was only half made', async () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, 'postgres/cluster.new-1/base'), { recursive: true });

    const postgres = await start(dataDir);

    expect(await answers(postgres.url)).toBe(true);
    expect(draftsIn(dataDir)).toEqual([]);
  });

  it('sets a new password when the file with it is gone, and says so when it is wrong', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    await ask(first.url, 'CREATE TABLE kept (id INTEGER)');
    await first.stop();

    writeFileSync(first.passwordFile, 'another');
    expect(await refusal(dataDir)).toContain('Delete the file postgres-password');
    rmSync(first.passwordFile);
    const second = await start(dataDir);

    expect(second.password).not.toBe(first.password);
    expect(await ask(second.url, 'SELECT * FROM kept')).toEqual([]);
  });

  it('says what is wrong with a folder or a cluster that cannot be used', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'postgres'), 'a file');
    expect(await refusal(dataDir)).toContain('a file stands in its place');

    const other = temporaryFolder();
    const postgres = await start(other);
    await postgres.stop();
    rmSync(join(postgres.directory, 'global/pg_control'));
    expect(await refusal(other)).toMatch(
      /does not start \(ended with code \d\): it says why.*could not find the database system/s,
    );
  });
});

describe('an end', () => {
  it('of the server’s process, killed, ends Postgres too', async () => {
    const dataDir = temporaryFolder();
    const { child, pid } = await startChild(dataDir);

    child.kill('SIGKILL');

    await vi.waitUntil(() => !isAlive(pid), soon);
  });

  it('of the server’s process while it makes the cluster ends that too, and the next start makes it anew', async () => {
    const dataDir = temporaryFolder();
    const child = spawn(process.execPath, [CHILD, dataDir], { stdio: 'ignore' });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    await vi.waitUntil(() => draftsIn(dataDir).some((draft) => existsSync(join(draft, 'PG_VERSION'))), soon);

    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const postgres = await start(dataDir);

    expect(await answers(postgres.url)).toBe(true);
  });

  it('of the server leaves Postgres behind where nothing watches: the next start ends it, and nothing is lost', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    await ask(first.url, 'CREATE TABLE kept (id INTEGER)');
    await first.stop();
    const orphan = await leaveBehind(dataDir, first.directory);
    await runSql(first.url, async (client) => {
      client.on('error', () => undefined);
      await client.query('INSERT INTO kept VALUES (1)');

      const second = await start(dataDir);

      expect(isAlive(orphan.pid ?? 0)).toBe(false);
      expect(await ask(second.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    });
  });

  it('of the machine leaves a number that may be another process’s now: that one is left alone', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    await first.stop();
    const foreign = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    onTestFinished(() => {
      foreign.kill('SIGKILL');
    });
    writeFileSync(join(first.directory, 'postmaster.pid'), `${foreign.pid}\n${first.directory}\n`);

    const second = await start(dataDir);

    expect(await answers(second.url)).toBe(true);
    expect(isAlive(foreign.pid ?? 0)).toBe(true);
  });

  it('of Postgres, killed, is followed by a new start at the same address with all its data', async () => {
    const postgres = await start(temporaryFolder(), { isDurable: true });
    await ask(postgres.url, 'CREATE TABLE kept AS SELECT generate_series(1, 100) AS id');
    const pid = postgres.pid() ?? 0;

    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => postgres.state() === 'restarting', soon);
    expect(postgres.pid()).toBeNull();
    await vi.waitUntil(() => postgres.state() === 'running', soon);

    expect(postgres.pid()).not.toBe(pid);
    expect(await ask(postgres.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 100 }]);
  });

  it('of Postgres while it is started again does not hinder stopping', async () => {
    const postgres = await start(temporaryFolder());
    process.kill(postgres.pid() ?? 0, 'SIGKILL');
    await vi.waitUntil(() => postgres.state() === 'restarting', soon);

    await postgres.stop();

    expect(postgres.state()).toBe('stopped');
    expect(await answers(postgres.url)).toBe(false);
  });
});

describe.runIf(isRoot)('as root', () => {
  it('runs Postgres as another user, who alone may look into the cluster', async () => {
    const dataDir = temporaryFolder();
    const postgres = await start(dataDir);

    const { uid } = statSync(`/proc/${postgres.pid()}`);

    expect(uid).not.toBe(0);
    expect(statSync(postgres.directory)).toMatchObject({ uid, mode: 0o40700 });
    expect(statSync(dataDir).mode & 0o007).toBe(0);
  });

  it('lives in the system’s folder, with a link to it, where a folder on the way is closed', async () => {
    const closed = temporaryFolder();
    const dataDir = join(closed, 'data');
    mkdirSync(dataDir, { mode: 0o700 });
    const systemFolder = join(temporaryFolder(), 'system');
    chmodSync(join(systemFolder, '..'), 0o755);

    const first = await start(dataDir, { systemFolder });
    await ask(first.url, 'CREATE TABLE kept (id INTEGER)');
    await first.stop();
    const second = await start(dataDir, { systemFolder });

    expect(second.directory.startsWith(systemFolder)).toBe(true);
    expect(lstatSync(join(dataDir, 'postgres')).isSymbolicLink()).toBe(true);
    expect(statSync(closed).mode & 0o777).toBe(0o700);
    expect(await ask(second.url, 'SELECT * FROM kept')).toEqual([]);
  });

  it('runs a copy of its programs where they lie in a closed folder', async () => {
    const folder = await preparePostgresFolder(temporaryFolder());
    const { folder: source } = await findPostgresBinaries();
    const closed = temporaryFolder();
    const systemFolder = join(temporaryFolder(), 'system');
    chmodSync(join(systemFolder, '..'), 0o755);
    const moved = (path: string) => join(closed, 'native', path);
    for (const path of ['bin', 'lib', 'share']) mkdirSync(moved(path), { recursive: true });
    for (const name of ['initdb', 'postgres', 'pg_ctl'])
      writeFileSync(moved(`bin/${name}`), readFileSync(join(source, 'bin', name)), { mode: 0o700 });
    const hidden = {
      folder: moved(''),
      initdb: moved('bin/initdb'),
      postgres: moved('bin/postgres'),
      pgCtl: moved('bin/pg_ctl'),
    };

    const copy = await reachableBinaries(hidden, folder.user, systemFolder);
    const again = await reachableBinaries(hidden, folder.user, systemFolder);

    expect(again).toEqual(copy);
    expect(copy.postgres.startsWith(systemFolder)).toBe(true);
    expect(statSync(copy.postgres).mode & 0o777).toBe(0o755);
  });

  it('runs as an ordinary user for an ordinary user, and root goes on with that user’s cluster', async (context) => {
    if (isBelowClosedFolder(import.meta.dirname))
      return context.skip('an ordinary user cannot reach the project: a folder above it is closed');
    const dataDir = temporaryFolder();
    const nobody = 65534;
    chownSync(dataDir, nobody, nobody);
    const { child, url, pid } = await startChild(dataDir, { uid: nobody, gid: nobody });
    await ask(url, 'CREATE TABLE kept (id INTEGER)');
    expect(statSync(`/proc/${pid}`).uid).toBe(nobody);
    child.stdin?.end();
    await vi.waitUntil(() => !isAlive(pid), soon);

    const postgres = await start(dataDir);

    expect(await ask(postgres.url, 'SELECT * FROM kept')).toEqual([]);
    expect(statSync(`/proc/${postgres.pid()}`).uid).toBe(nobody);
  });
});

/** Whether a folder on the way lets nobody but its owner pass. */
function isBelowClosedFolder(path: string): boolean {
  if ((statSync(path).mode & 0o001) === 0) return true;
  return dirname(path) !== path && isBelowClosedFolder(dirname(path));
}

/** A process with a Postgres, to be killed. */
async function startChild(
  dataDir: string,
  user: { readonly uid?: number; readonly gid?: number } = {},
): Promise<{ child: ChildProcess; url: string; pid: number }> {
  const child = spawn(process.execPath, [CHILD, dataDir], { stdio: ['pipe', 'pipe', 'inherit'], ...user });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk)));
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
  });
  return { child, ...(JSON.parse(line) as { url: string; pid: number }) };
}

/** A Postgres on a cluster, as a server leaves it that was killed together with whatever watched it. */
async function leaveBehind(dataDir: string, cluster: string): Promise<ChildProcess> {
  const folder = await preparePostgresFolder(dataDir);
  const { postgres } = await reachableBinaries(await findPostgresBinaries(), folder.user);
  const port = readFileSync(join(folder.path, 'port'), 'utf8');
  const flags = [
    '-D',
    cluster,
    '-c',
    `port=${port}`,
    '-c',
    'unix_socket_directories=',
    '-c',
    'listen_addresses=127.0.0.1',
  ];
  const orphan = spawn(postgres, flags, { ...spawnOptions(folder), stdio: 'ignore', detached: true });
  onTestFinished(() => {
    orphan.kill('SIGKILL');
  });
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  await vi.waitUntil(() => answers(`postgres://orion:${password}@127.0.0.1:${port}/orion`), soon);
  expect(await isPostmasterOf(orphan.pid ?? 0, cluster)).toBe(true);
  return orphan;
}
