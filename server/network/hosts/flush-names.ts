/** Empties the system's cache of names, so that a change of the hosts file counts at once. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIMEOUT_MS = 4000;

interface Flush {
  readonly program: string;
  readonly args: readonly string[];
  /** What it does, in a sentence. */
  readonly done: string;
}

/** Runs a program; rejects when it is not there or fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<unknown>;

const FLUSHES: Partial<Readonly<Record<NodeJS.Platform, readonly Flush[]>>> = {
  linux: [
    { program: 'resolvectl', args: ['flush-caches'], done: "systemd-resolved's cache was emptied." },
    { program: 'systemd-resolve', args: ['--flush-caches'], done: "systemd-resolved's cache was emptied." },
    { program: 'nscd', args: ['-i', 'hosts'], done: "nscd's cache of hosts was emptied." },
  ],
  darwin: [{ program: 'dscacheutil', args: ['-flushcache'], done: "The Directory Service's cache was emptied." }],
  win32: [{ program: 'ipconfig', args: ['/flushdns'], done: "Windows' cache of names was emptied." }],
};

/**
 * Empties what caches there are; returns what was done in a sentence, or null when there is no cache.
 * @param run replaceable for tests
 */
export async function flushNames(
  run: RunProgram = runProgram,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  for (const { program, args, done } of FLUSHES[platform] ?? []) {
    const isDone = await run(program, args).then(
      () => true,
      () => false,
    );
    if (!isDone) continue;
    return platform === 'darwin' ? `${done} ${await restartResponder(run)}` : done;
  }
  return null;
}

/** macOS keeps names in a second place, which only an administrator may empty. */
async function restartResponder(run: RunProgram): Promise<string> {
  return run('killall', ['-HUP', 'mDNSResponder']).then(
    () => 'mDNSResponder was told to forget names.',
    () => 'mDNSResponder keeps names for some minutes; to empty it as well: sudo killall -HUP mDNSResponder',
  );
}

function runProgram(program: string, args: readonly string[]): Promise<unknown> {
  return promisify(execFile)(program, [...args], { timeout: TIMEOUT_MS, windowsHide: true });
}
