/**
 * The data folder: databases, pictures, and what tells other programs that a server is using it.
 * Only one server at a time may use a folder; the lock is the operating system's, so it ends with the process.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../errors.ts';
import { type FolderLock, tryLockFolder } from './folder-lock.ts';
import { findRunningServer, type RunningServer, SERVER_FILE } from './running-server.ts';

/** Changes when an older program could not read the folder any more. */
const FOLDER_FORMAT = 1;
export const MIN_FREE_BYTES = 16 * 1024 * 1024;
const LOCK_WAIT_MS = 5000;
const LOCK_RETRY_MS = 100;

export interface DataFolder {
  readonly path: string;
  readonly platformFile: string;
  readonly storesDir: string;
  /** Pictures and other files of the stores, one folder a store. */
  readonly storageDir: string;
  readonly controlToken: string;
  /** Tells other programs where this server listens. */
  announce(server: Omit<RunningServer, 'controlToken'>): Promise<void>;
  /** Gives the folder back. */
  release(): Promise<void>;
}

/**
 * Makes the folder where it is missing and takes it for this process.
 * @throws {StartupError} when it is in use, read-only, full, or from a newer version; nothing is changed then
 */
export async function openDataFolder(path: string, free: typeof statfs = statfs): Promise<DataFolder> {
  await makeWritable(path);
  await checkFormat(path);
  await checkSpace(path, free);
  const lock = await takeLock(path);
  const controlToken = randomBytes(32).toString('base64url');
  const serverFile = join(path, SERVER_FILE);
  await rm(serverFile, { force: true, recursive: true });
  return {
    path,
    platformFile: join(path, 'platform.sqlite'),
    storesDir: join(path, 'stores'),
    storageDir: join(path, 'storage'),
    controlToken,
    async announce(server) {
      await writeAtomically(serverFile, JSON.stringify({ ...server, controlToken }));
    },
    async release() {
      await rm(serverFile, { force: true });
      lock.release();
    },
  };
}

async function makeWritable(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const probe = join(path, `.probe-${process.pid}`);
    await writeFile(probe, 'x');
    await rm(probe);
  } catch (error) {
    throw new StartupError(`The data folder ${path} cannot be used: ${explain(error)}`);
  }
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return 'it is read-only for this user. Change its permissions, or name another folder with --data-dir.';
  }
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return 'the disk is full. Free some space, or name another folder with --data-dir.';
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return 'a file stands in its place. Name another folder with --data-dir.';
  return `${message}.`;
}

async function checkFormat(path: string): Promise<void> {
  const file = join(path, 'orion.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartupError(`The file ${file} cannot be read: ${error.message}. Nothing was changed.`);
  });
  if (text === null) {
    await writeAtomically(file, JSON.stringify({ format: FOLDER_FORMAT }));
    return;
  }
  const format = readFormat(text);
  if (format === null)
    throw new StartupError(
      `The data folder ${path} has an orion.json that cannot be read. Restore the file, or name another folder with --data-dir.`,
    );
  if (format > FOLDER_FORMAT) {
    throw new StartupError(
      `The data folder ${path} is from a newer version of Orion Studio (format ${format}; this version knows ${FOLDER_FORMAT}). Update the program, or name another folder with --data-dir. Nothing was changed.`,
    );
  }
}

function readFormat(text: string): number | null {
  try {
    const { format } = JSON.parse(text) as { format?: unknown };
    return typeof format === 'number' ? format : null;
  } catch {
    return null;
  }
}

async function checkSpace(path: string, free: typeof statfs): Promise<void> {
  const { bavail, bsize } = await free(path);
  const bytes = Number(bavail) * Number(bsize);
  if (bytes >= MIN_FREE_BYTES) return;
  throw new StartupError(
    `The disk of the data folder ${path} is full: ${Math.floor(bytes / 1024 / 1024)} MiB are free, ${MIN_FREE_BYTES / 1024 / 1024} MiB are needed. Free some space, or name another folder with --data-dir.`,
  );
}

/** Commands hold the folder for a moment: that is worth waiting for. A server's hold is not. */
async function takeLock(path: string): Promise<FolderLock> {
  for (const until = Date.now() + LOCK_WAIT_MS; ; await sleep(LOCK_RETRY_MS)) {
    const lock = tryLockFolder(path);
    if (lock) return lock;
    const server = await findRunningServer(path);
    if (!server && Date.now() < until) continue;
    const who = server ? `process ${server.pid}, which serves on port ${server.port}` : 'another process';
    throw new StartupError(
      `The data folder ${path} is in use by ${who}. Stop it, or name another folder with --data-dir.`,
    );
  }
}

async function writeAtomically(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  await writeFile(draft, text, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
