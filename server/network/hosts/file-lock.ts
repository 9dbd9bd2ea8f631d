/**
 * One writer at a time for a file, among all programs of this kind on the machine: a lock file beside it that names its
 * process. A lock whose process is gone is taken over.
 */
import { createHash, randomUUID } from 'node:crypto';
import { access, constants, link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostsBlockedError } from './hosts-errors.ts';

const WAIT_MS = 10_000;
const RETRY_MS = 20;
/** A write takes milliseconds: a lock this old is left over, whoever has its process id now. */
const STALE_MS = 30_000;
/** So long a lock file may be without its content. */
const UNFINISHED_MS = 1000;

/**
 * Does work while no other program of this kind writes the file.
 * @param path of the file itself, not of a link to it
 * @throws {HostsBlockedError} when another process holds it for too long
 */
export async function withFileLock<Result>(
  path: string,
  work: () => Promise<Result>,
  waitMs = WAIT_MS,
): Promise<Result> {
  const lock = await lockPathOf(path);
  const content = JSON.stringify({ pid: process.pid, token: randomUUID() });
  await take(lock, { content, path, until: Date.now() + waitMs });
  try {
    return await work();
  } finally {
    // Whoever took it over as stale has it now.
    if ((await readText(lock)) === content) await rm(lock, { force: true });
  }
}

/** Beside the file; where this user may write the file but not its folder, in the system's folder for such things. */
async function lockPathOf(path: string): Promise<string> {
  const folder = dirname(path);
  const canWrite = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (canWrite) return join(folder, `.${basename(path)}.orion-lock`);
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return join(tmpdir(), `orion-hosts-${name}.lock`);
}

interface Taking {
  readonly content: string;
  readonly path: string;
  readonly until: number;
}

async function take(lock: string, { content, path, until }: Taking): Promise<void> {
  for (; ; await sleep(RETRY_MS)) {
    try {
      await writeFile(lock, content, { flag: 'wx', mode: 0o644 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const stale = await staleContent(lock);
    const isTaken = stale !== null && (await removeStale(lock, stale));
    if (!isTaken && Date.now() > until) throw await lockedError(lock, path, stale !== null);
  }
}

async function lockedError(lock: string, path: string, isStale: boolean): Promise<HostsBlockedError> {
  const message = isStale
    ? `${lock} is left over from a program that has ended, and this user cannot take it away. Delete it, then try again.`
    : `Another program of Orion Studio is writing ${path} (process ${(await holderOf(lock)) ?? 'unknown'}). Try again in a moment.`;
  return new HostsBlockedError('hosts_locked', message);
}

/** The content of a lock that nobody holds any more; null when somebody does. */
async function staleContent(lock: string): Promise<string | null> {
  const info = await stat(lock).catch(() => null);
  if (!info) return null;
  const content = (await readText(lock)) ?? '';
  const ageMs = Date.now() - info.mtimeMs;
  const pid = pidOf(content);
  const isStale = pid === null ? ageMs > UNFINISHED_MS : ageMs > STALE_MS || !isAlive(pid);
  return isStale ? content : null;
}

/**
 * Takes a stale lock away; returns whether it could. Two may try at once: what was moved is looked at, and given back when
 * it is a new one. In a folder of everybody, a file of another user cannot be moved.
 */
async function removeStale(lock: string, stale: string): Promise<boolean> {
  const aside = `${lock}.${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    await rename(lock, aside);
  } catch {
    return false;
  }
  if ((await readText(aside)) !== stale) await link(aside, lock).catch(() => undefined);
  // A folder stays where it is now: what is in it is not ours, and whoever made it could swap it for a link.
  await rm(aside, { force: true }).catch(() => undefined);
  return true;
}

async function holderOf(lock: string): Promise<number | null> {
  return pidOf((await readText(lock)) ?? '');
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

function pidOf(content: string): number | null {
  try {
    const { pid } = JSON.parse(content) as { pid?: unknown };
    return typeof pid === 'number' && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
