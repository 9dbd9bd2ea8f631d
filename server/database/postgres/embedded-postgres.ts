/**
 * The Postgres that this server runs itself: started and stopped with it, started again when it dies, its data in the data
 * folder. docs/POSTGRES.md tells its life.
 */
import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartupError } from '../../errors.ts';
import { tryLockFolder } from '../../network/folder-lock.ts';
import type { Logger } from '../../observability/log.ts';
import { findPostgresBinaries } from './embedded-binaries.ts';
import { binariesVersion, EMBEDDED_USER, openCluster } from './embedded-cluster.ts';
import { preparePostgresFolder, reachableBinaries } from './embedded-folder.ts';
import { PostgresKeeper } from './embedded-keeper.ts';
import { PostgresLog } from './embedded-log.ts';
import { stopOrphan } from './embedded-orphan.ts';
import {
  type PostgresProcess,
  type PostgresRun,
  PostgresStartError,
  startPostgresProcess,
} from './embedded-process.ts';

const HOST = '127.0.0.1';
const DATABASE = 'orion';
const PORT_TRIES = 10;
const IN_USE_TRIES = 100;
const IN_USE_WAIT_MS = 100;

export interface EmbeddedOptions {
  /** The cluster is in `postgres` below it, the password in `postgres-password`. */
  readonly dataDir: string;
  readonly log: Logger;
  /** False for tests: a power cut may then damage the cluster. */
  readonly isDurable?: boolean;
  /** Settings of postgresql.conf that override the usual ones. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Where Postgres lives instead when root starts the server and root's own folders are closed. */
  readonly systemFolder?: string;
}

/** A running Postgres of this server's own. */
export interface EmbeddedPostgres {
  /** Of the database `orion` as its owner, a superuser. Holds the password. The same as long as the server runs. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: string;
  /** Readable by its owner alone. */
  readonly passwordFile: string;
  /** The folder of the cluster. */
  readonly directory: string;
  /** As `18.4`. */
  readonly version: string;
  /** Of the postmaster; another one after it was started again, null while there is none. */
  pid(): number | null;
  /** `restarting`: connections are refused for a moment. `failed`: it stays down. */
  state(): 'running' | 'restarting' | 'failed' | 'stopped';
  /** Calls back once when Postgres died too often to be started again, with its last words. */
  onExit(listener: (error: StartupError) => void): void;
  /** Ends it and waits. Repeatable. */
  stop(): Promise<void>;
}

/**
 * Starts the built-in Postgres of a data folder and waits until it answers.
 * @throws {StartupError} with what is wrong and what to do; nothing runs then
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, isDurable = true } = options;
  const folder = await preparePostgresFolder(dataDir, options.systemFolder);
  const lock = tryLockFolder(folder.path);
  if (!lock)
    throw new StartupError(
      `The Postgres in ${folder.path} is in use by another server. Stop it, or name another folder with --data-dir.`,
    );
  try {
    const binaries = await reachableBinaries(await findPostgresBinaries(), folder.user, options.systemFolder);
    const version = await binariesVersion(binaries, folder);
    await stopOrphan(folder.cluster, binaries, log);
    const passwordFile = join(dataDir, 'postgres-password');
    const password = await openCluster(folder, binaries, { version, passwordFile, isDurable });
    const settings = { ...(isDurable ? {} : UNSAFE), ...options.settings };
    const run = { folder, binaries, settings, log: new PostgresLog(log) };
    const { process, port } = await startOnFreePort(run);
    const url = `postgres://${EMBEDDED_USER}:${password}@${HOST}:${port}/${DATABASE}`;
    const keeper = new PostgresKeeper(process, { start: () => startWhenFree({ ...run, port }), log, words: run.log });
    await makeDatabase({ port, password }).catch(async (error: unknown) => {
      await keeper.stop();
      throw error;
    });
    return {
      ...{ url, host: HOST, port, user: EMBEDDED_USER, database: DATABASE, password, passwordFile, version },
      directory: folder.cluster,
      pid: () => keeper.pid,
      state: () => keeper.state,
      onExit: (listener) => keeper.onFailed(listener),
      async stop() {
        await keeper.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

const UNSAFE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The port of the last run, so that what people saved in their tools keeps working; another when that one is taken. */
async function startOnFreePort(
  run: Omit<PostgresRun, 'port'>,
): Promise<{ readonly process: PostgresProcess; readonly port: number }> {
  const file = join(run.folder.path, 'port');
  const last = Number((await readFile(file, 'utf8').catch(() => '')).trim());
  for (let tries = 1; ; tries += 1) {
    const port = tries === 1 && last > 0 && (await isFree(last)) ? last : await freePort();
    try {
      const process = await startWhenFree({ ...run, port });
      await writeFile(file, String(port));
      return { process, port };
    } catch (error) {
      const isTaken = error instanceof PostgresStartError && error.reason === 'port_taken';
      if (!isTaken || tries === PORT_TRIES) throw error;
    }
  }
}

/** Processes of a Postgres that was killed go away by themselves, but not at once. */
async function startWhenFree(run: PostgresRun): Promise<PostgresProcess> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startPostgresProcess(run);
    } catch (error) {
      const isInUse = error instanceof PostgresStartError && error.reason === 'still_in_use';
      if (!isInUse || tries === IN_USE_TRIES) throw error;
      await sleep(IN_USE_WAIT_MS + randomInt(IN_USE_WAIT_MS));
    }
  }
}

function freePort(): Promise<number> {
  return listenOnce(0).then((port) => port ?? 0);
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== null;
}

/** The port that could be listened on, or null when it is taken. */
function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

async function makeDatabase({ port, password }: { readonly port: number; readonly password: string }): Promise<void> {
  const client = new pg.Client({ host: HOST, port, user: EMBEDDED_USER, password, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const advice =
      code === '28P01' ? ' Delete the file postgres-password of the data folder; then a new password is set.' : '';
    throw new StartupError(`The built-in Postgres does not let this server in: ${message}.${advice}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
