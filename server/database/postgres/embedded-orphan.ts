/**
 * A Postgres that outlived its server (killed with no chance to stop it) still holds the cluster's folder. It is stopped
 * before a new one starts; a foreign process that merely has the same number is left alone.
 */
import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { StartupError } from '../../errors.ts';
import type { Logger } from '../../observability/log.ts';
import type { PostgresBinaries } from './embedded-binaries.ts';

const run = promisify(execFile);
const POLL_MS = 50;
const FAST_STOP_MS = 20_000;
const QUICK_STOP_MS = 10_000;

/**
 * Stops the Postgres that still runs on a cluster, and removes its pid file when nobody runs. Call it only while holding the
 * cluster's lock: then no living server can own that Postgres.
 * @throws {StartupError} when it does not stop
 */
export async function stopOrphan(cluster: string, binaries: PostgresBinaries, log: Logger): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!Number.isInteger(pid) || pid <= 1) return rm(pidFile, { force: true });
  if (!(await isPostmasterOf(pid, cluster))) return rm(pidFile, { force: true });
  log.warn({ event: 'postgres', pid }, `Stopping a Postgres (process ${pid}) that an earlier server left behind.`);
  for (const [signal, patienceMs] of [
    ['INT', FAST_STOP_MS],
    ['QUIT', QUICK_STOP_MS],
  ] as const) {
    await signalPostmaster(pid, signal, binaries);
    if (await hasEnded(pid, cluster, patienceMs)) return;
  }
  throw new StartupError(
    `A Postgres that an earlier server left behind (process ${pid}) does not stop and holds ${cluster}. End process ${pid}, then start again.`,
  );
}

/** Sends a postmaster a signal: `INT` ends it fast and cleanly, `QUIT` at once. Windows has no signals, pg_ctl a way. */
export async function signalPostmaster(
  pid: number,
  signal: 'INT' | 'QUIT',
  { pgCtl }: PostgresBinaries,
): Promise<void> {
  try {
    if (process.platform === 'win32') await run(pgCtl, ['kill', signal, String(pid)]);
    else process.kill(pid, `SIG${signal}`);
  } catch {
    // It ended in this moment; if not, waiting for its end says so.
  }
}

async function hasEnded(pid: number, cluster: string, patienceMs: number): Promise<boolean> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(POLL_MS)) {
    if (!(await isPostmasterOf(pid, cluster))) return true;
  }
  return false;
}

/** Whether a process is the Postgres of this cluster (its real path), and neither dead nor somebody else's. */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') return isPostmasterOnLinux(pid, cluster);
  const command = await commandLine(pid);
  return /postgres/i.test(command) && command.includes(cluster);
}

/** Root in a container may not see the working directory of another user's process, so the arguments count as well. */
function isPostmasterOnLinux(pid: number, cluster: string): boolean {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return /(^|\/)postgres$/.test(args[0] ?? '') && (args.includes(cluster) || workingDirectory(pid) === cluster);
  } catch {
    return false;
  }
}

function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

async function commandLine(pid: number): Promise<string> {
  const [program, args] =
    process.platform === 'win32'
      ? [
          'powershell',
          ['-NoProfile', '-Command', `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`],
        ]
      : ['ps', ['-ww', '-o', 'args=', '-p', String(pid)]];
  return run(program as string, args as string[]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
