/**
 * The one place that changes a hosts file: under a lock, only when it still is the file that was looked at, by a complete
 * copy that takes its place at once, and looked at again after. Whenever the process is killed, the file is the old or the
 * new one, whole.
 */
import { randomUUID } from 'node:crypto';
import {
  access,
  constants,
  type FileHandle,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { withFileLock } from './file-lock.ts';
import { readBytes, stampOf } from './hosts-bytes.ts';
import { explainFileError, HostsBlockedError, HostsChangedError } from './hosts-errors.ts';
import { finishJournal, syncFolder, writeInPlace } from './write-in-place.ts';

const DEFAULT_MODE = 0o644;
/** Windows refuses to replace a file while another program, such as a virus scanner, looks at it. */
const RENAME_TRIES = 10;
const RENAME_WAIT_MS = 40;

export interface HostsWrite {
  /** May be a link: then the file it leads to is written, and the link stays. */
  readonly path: string;
  /** Hash of the file that the change is meant for. */
  readonly expected: string;
  /** Gives the new bytes for the present ones. */
  readonly change: (current: Buffer) => Buffer;
  /** Keeps the present bytes before anything is written. */
  readonly backup?: (current: Buffer) => Promise<unknown>;
  /** Where a write over the file is noted when this user may not write beside it; null: nowhere else. */
  readonly journalFolder: string | null;
  /** Puts a file in the place of another. */
  readonly replace?: typeof rename;
}

export interface HostsWritten {
  readonly before: string;
  readonly after: string;
  readonly isChanged: boolean;
  /** The file could not be replaced and was written over. */
  readonly isInPlace: boolean;
}

/**
 * Changes a hosts file.
 * @throws {HostsChangedError} when it is not the expected one
 * @throws {HostsBlockedError} when it cannot be written
 */
export async function writeHostsFile(write: HostsWrite): Promise<HostsWritten> {
  const file = await fileBehind(write.path);
  try {
    return await withFileLock(file, () => writeLocked(file, write));
  } catch (error) {
    throw error instanceof AppError ? error : explainFileError(error, write.path);
  }
}

/** The file that is written: where a link leads to, also when nothing is there yet. */
async function fileBehind(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const target = await readlink(path).catch(() => null);
    return target === null ? path : resolve(dirname(path), target);
  }
}

/** Completes a write over a file that a crash cut short. Returns whether there was one. */
export async function recoverHostsFile(path: string, journalFolder: string | null): Promise<boolean> {
  const file = await fileBehind(path);
  const journals = await existing(journalPaths(file, journalFolder));
  return journals.length > 0 && withFileLock(file, () => finishJournals(file, journals));
}

async function writeLocked(file: string, { expected, change, backup, journalFolder, replace }: HostsWrite) {
  const journals = journalPaths(file, journalFolder);
  await removeLeftovers(file);
  await finishJournals(file, await existing(journals));
  const current = await readBytes(file);
  const before = stampOf(current);
  if (before !== expected) throw new HostsChangedError(file);
  const content = change(current ?? Buffer.alloc(0));
  const after = stampOf(content);
  if (after === before) return { before, after, isChanged: false, isInPlace: false };
  await backup?.(current ?? Buffer.alloc(0));
  const isReplaced = await replaceFile({ file, current, content, replace: replace ?? rename });
  if (!isReplaced) await writeInPlace(file, current ?? Buffer.alloc(0), content, await firstWritable(journals));
  if (stampOf(await readBytes(file)) !== after)
    throw new HostsBlockedError(
      'hosts_not_kept',
      `${file} was written, and holds something else now: another program, such as a virus scanner or a device manager, puts it back. A backup is kept.`,
    );
  return { before, after, isChanged: true, isInPlace: !isReplaced };
}

/** Beside the file, so that whoever writes it next finds it; else in the writer's own folder. */
function journalPaths(file: string, folder: string | null): string[] {
  const name = `.${basename(file)}.orion-journal`;
  return [dirname(file), ...(folder === null ? [] : [folder])].map((place) => join(place, name));
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => [path],
        () => [],
      ),
    ),
  );
  return found.flat();
}

async function firstWritable(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const canWrite = await access(dirname(path), constants.W_OK).then(
      () => true,
      () => false,
    );
    if (canWrite) return path;
  }
  throw Object.assign(new Error('no folder for the journal'), { code: 'EACCES' });
}

async function finishJournals(file: string, journals: readonly string[]): Promise<boolean> {
  let isFinished = false;
  for (const journal of journals) isFinished = (await finishJournal(file, journal)) || isFinished;
  return isFinished;
}

interface Replacing {
  readonly file: string;
  readonly current: Buffer | null;
  readonly content: Buffer;
  readonly replace: typeof rename;
}

/** Puts a complete copy in the file's place; returns false where the file can only be written over. */
async function replaceFile({ file, current, content, replace }: Replacing): Promise<boolean> {
  const info = await stat(file).catch(() => null);
  // Another name of the same file would keep the old content.
  if (info && info.nlink > 1) return false;
  const draft = join(dirname(file), `.${basename(file)}.orion-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
  const handle = await open(draft, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (current !== null && (error.code === 'EACCES' || error.code === 'EPERM')) return null;
    throw error;
  });
  if (!handle) return false;
  try {
    const isLikeTheOld = await fill(handle, content, info);
    if (!isLikeTheOld) return false;
    // Programs that know nothing of the lock may have written meanwhile.
    if (stampOf(await readBytes(file)) !== stampOf(current)) throw new HostsChangedError(file);
    return await moveOver(draft, file, replace);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Writes a draft with the mode and owner of the file it is to replace; returns whether it could get both. */
async function fill(handle: FileHandle, content: Buffer, like: Awaited<ReturnType<typeof stat>> | null) {
  try {
    await handle.writeFile(content);
    await handle.chmod(like ? Number(like.mode) & 0o7777 : DEFAULT_MODE);
    const own = await handle.stat();
    if (like && process.platform !== 'win32' && (own.uid !== like.uid || own.gid !== like.gid)) {
      const isGiven = await handle.chown(Number(like.uid), Number(like.gid)).then(
        () => true,
        () => false,
      );
      if (!isGiven) return false;
      // Changing the owner may take bits off the mode.
      await handle.chmod(Number(like.mode) & 0o7777);
    }
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}

async function moveOver(draft: string, file: string, replace: typeof rename): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await replace(draft, file);
      await syncFolder(dirname(file));
      return true;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      const isHeld = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
      // A file that is mounted by itself cannot be replaced.
      if (!isHeld && (code === 'EBUSY' || code === 'EXDEV')) return false;
      if (!isHeld || attempt >= RENAME_TRIES) throw error;
      await sleep(RENAME_WAIT_MS * attempt);
    }
  }
}

/** Drafts of processes that were killed; under the lock nobody else can be writing one. */
async function removeLeftovers(file: string): Promise<void> {
  const prefix = `.${basename(file)}.orion-`;
  const names = await readdir(dirname(file)).catch(() => []);
  const drafts = names.filter((name) => name.startsWith(prefix) && name.endsWith('.tmp'));
  await Promise.all(drafts.map((name) => rm(join(dirname(file), name), { force: true }).catch(() => undefined)));
}
