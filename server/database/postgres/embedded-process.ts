/** One run of the built-in Postgres, from its start until its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { StartupError } from '../../errors.ts';
import type { PostgresBinaries } from './embedded-binaries.ts';
import type { PostgresFolder } from './embedded-folder.ts';
import type { PostgresLog } from './embedded-log.ts';
import { signalPostmaster } from './embedded-orphan.ts';
import { explainProgramError, explainWords, spawnOptions, watchParent } from './embedded-programs.ts';

/** Recovery after a crash tells how far it is; writing back what it changed does not, and is long with very many files. */
const SILENCE_MS = 180_000;
const FAST_STOP_MS = 30_000;
const QUICK_STOP_MS = 5000;
const LAST_LINES_MS = 2000;
const WORDS_LINES = 4;

export interface PostgresRun {
  readonly folder: PostgresFolder;
  readonly binaries: PostgresBinaries;
  readonly port: number;
  /** Settings of postgresql.conf that override the usual ones. */
  readonly settings: Readonly<Record<string, string | number>>;
  readonly log: PostgresLog;
}

/** A Postgres that answers. */
export interface PostgresProcess {
  readonly pid: number;
  /** Resolves when it has ended, with the reason in words. */
  readonly ended: Promise<string>;
  /** Ends it and waits: connections are closed, transactions that were open are rolled back. */
  stop(): Promise<void>;
}

/** Why a start failed, where trying again helps. */
export class PostgresStartError extends StartupError {
  readonly reason: 'port_taken' | 'still_in_use' | 'other';

  constructor(message: string, reason: PostgresStartError['reason']) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Starts Postgres on a cluster and waits until it answers.
 * @throws {PostgresStartError} with its last words
 */
export async function startPostgresProcess(run: PostgresRun): Promise<PostgresProcess> {
  run.log.clear();
  run.log.isQuiet = false;
  const child = spawn(run.binaries.postgres, ['-D', run.folder.cluster, ...flags(run)], {
    ...spawnOptions(run.folder),
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C in a terminal goes to the whole group: Postgres must outlast the requests that are being answered.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const ended = endOf(child);
  const pid = child.pid ?? 0;
  const watchdog = watchParent(pid, run.folder);
  void ended.then(() => watchdog?.kill('SIGKILL'));
  await becomesReady(child, ended, run);
  return { pid, ended, stop: () => stop(pid, ended, run) };
}

function flags({ port, settings }: PostgresRun): string[] {
  const all: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    // Loopback with a password works alike on every system; a socket's path may be 107 bytes long at most.
    unix_socket_directories: '',
    max_connections: 120,
    shared_buffers: '64MB',
    max_wal_size: '256MB',
    fsync: 'on',
    // After a crash all files are synced first: one by one, the 700 000 of 10 000 schemas take minutes.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '%b [%p] ',
    // A statement in the log could hold a customer's data or a password.
    log_min_error_statement: 'panic',
    lc_messages: 'C',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(explainProgramError(error)));
    child.once('exit', (code, signal) => {
      const reason = signal ? `killed by ${signal}` : `ended with code ${code}`;
      // `close` comes after the last line was read, but waits for every process that Postgres started.
      const timer = setTimeout(() => resolve(reason), LAST_LINES_MS);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(reason);
      });
    });
  });
}

async function becomesReady(child: ChildProcess, ended: Promise<string>, { log, folder }: PostgresRun): Promise<void> {
  const { stderr } = child;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`not ready, and silent for ${SILENCE_MS / 1000} seconds`), SILENCE_MS);
  });
  const ready = new Promise<'ready'>((resolve) => {
    if (!stderr) return;
    log.follow(stderr, (line) => {
      // After a crash it tells every ten seconds how far it is; ended before that is done, it would begin anew each time.
      timer?.refresh();
      if (/ready to accept connections/.test(line)) resolve('ready');
    });
  });
  const result = await Promise.race([ready, ended, tooLong]);
  clearTimeout(timer);
  if (result === 'ready') return;
  child.kill('SIGKILL');
  throw startError(result, log, folder);
}

function startError(result: string, log: PostgresLog, { cluster }: PostgresFolder): PostgresStartError {
  if (log.has(/could not bind|could not create any TCP\/IP sockets/))
    return new PostgresStartError('The port that was chosen for Postgres is taken.', 'port_taken');
  const words = log.last(WORDS_LINES);
  const isInUse = log.has(/lock file "postmaster.pid" already exists|pre-existing shared memory block/);
  const reason = explainWords(log.last()) ?? 'it says why in its last lines.';
  return new PostgresStartError(
    `The built-in Postgres in ${cluster} does not start (${result}): ${words === '' ? 'it said nothing.' : `${reason}\n${words}`}`,
    isInUse ? 'still_in_use' : 'other',
  );
}

async function stop(pid: number, ended: Promise<string>, { binaries, log }: PostgresRun): Promise<void> {
  log.isQuiet = true;
  await signalPostmaster(pid, 'INT', binaries);
  if (await endsWithin(ended, FAST_STOP_MS)) return;
  await signalPostmaster(pid, 'QUIT', binaries);
  if (await endsWithin(ended, QUICK_STOP_MS)) return;
  process.kill(pid, 'SIGKILL');
  await ended;
}

async function endsWithin(ended: Promise<string>, patienceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  const result = await Promise.race([ended.then(() => true), timeout]);
  clearTimeout(timer);
  return result;
}
