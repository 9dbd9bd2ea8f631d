/**
 * Where the built-in Postgres keeps its data: `<data folder>/postgres`, with the cluster in `cluster` and a lock beside it.
 *
 * When root starts the server, Postgres runs as another user, who must be able to pass every folder on the way. The data
 * folder itself is ours and is opened for that user's group; where folders above it are closed (`/root`), Postgres lives in
 * `/var/lib/orion-studio` and `<data folder>/postgres` is a link to that place.
 */
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartupError } from '../../errors.ts';
import type { PostgresBinaries } from './embedded-binaries.ts';
import { postgresUser, type SystemUser } from './embedded-user.ts';

/** Root's place for what must not lie in root's own folders. */
const SYSTEM_FOLDER = '/var/lib/orion-studio';

/** A folder that is ready for a cluster. */
export interface PostgresFolder {
  /** Real path of the folder around the cluster. */
  readonly path: string;
  /** Real path of the cluster, which may not be there yet. */
  readonly cluster: string;
  /** Whom Postgres runs as; null for this process's own user. */
  readonly user: SystemUser | null;
}

/**
 * Makes the folder where it is missing and sees to it that Postgres can reach it.
 * @throws {StartupError} when it cannot be used
 */
export async function preparePostgresFolder(dataDir: string, systemFolder = SYSTEM_FOLDER): Promise<PostgresFolder> {
  const place = join(dataDir, 'postgres');
  try {
    const user = await ownerOf(join(place, 'cluster'));
    if (!(await lstat(place).catch(() => null))) await makeFolder(place, user, systemFolder);
    const path = await realpath(place);
    if (user) await letPass(dataDir, path, user);
    return { path, cluster: join(path, 'cluster'), user };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`Postgres cannot keep its data in ${place}: ${explainFileError(error)}`);
  }
}

/** Binaries that the user can run: a copy in the system's folder when these lie where only root can pass. */
export async function reachableBinaries(
  binaries: PostgresBinaries,
  user: SystemUser | null,
  systemFolder = SYSTEM_FOLDER,
): Promise<PostgresBinaries> {
  if (!user || (await canPass(join(binaries.folder, 'bin'), user))) return binaries;
  const { mtimeMs, size } = await stat(binaries.postgres);
  const folder = join(systemFolder, `postgres-${size}-${Math.round(mtimeMs)}`);
  const moved = (file: string) => join(folder, file.slice(binaries.folder.length));
  const copy = {
    folder,
    initdb: moved(binaries.initdb),
    postgres: moved(binaries.postgres),
    pgCtl: moved(binaries.pgCtl),
  };
  if (await lstat(folder).catch(() => null)) return copy;
  await makePassable(systemFolder);
  const draft = await mkdtemp(join(systemFolder, '.copying-'));
  try {
    await cp(binaries.folder, draft, { recursive: true, verbatimSymlinks: true });
    await openTree(draft);
    await rename(draft, folder).catch(async (error: Error) => {
      // Another server was faster with the same copy.
      if (!(await lstat(folder).catch(() => null))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return copy;
}

/** What a file system's error means for the folder, in a sentence. */
export function explainFileError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full. Free some space, then start again.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `this user may not read and write there (${message}). Change its permissions, or name another folder with --data-dir.`;
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file stands in its place. Move it away, then start again.';
  return `${message}.`;
}

/** An existing cluster keeps its owner: it may have been made by an ordinary user before root started a server on it. */
async function ownerOf(cluster: string): Promise<SystemUser | null> {
  const found = await stat(cluster).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const uid = process.getuid?.();
  if (!found || uid === undefined) return postgresUser();
  if (uid === 0) {
    if (found.uid !== 0) return { name: `user ${found.uid}`, uid: found.uid, gid: found.gid };
    const user = await postgresUser();
    throw new StartupError(
      `The Postgres cluster in ${cluster} belongs to root, as which Postgres does not run. Give it back with "chown -R ${user?.name ?? 'postgres'} ${cluster}".`,
    );
  }
  if (found.uid === uid) return null;
  throw new StartupError(
    `The Postgres cluster in ${cluster} belongs to another user (number ${found.uid}). Start the server as that user or as root, or name another folder with --data-dir.`,
  );
}

async function makeFolder(place: string, user: SystemUser | null, systemFolder: string): Promise<void> {
  if (!user || (await canPass(dirname(dirname(place)), user))) {
    await mkdir(place, { mode: 0o700 });
    return;
  }
  await makePassable(systemFolder);
  await symlink(await mkdtemp(join(systemFolder, 'data-')), place);
}

/** Opens the data folder and the folder around the cluster for passing, for the group of Postgres's user alone. */
async function letPass(dataDir: string, path: string, user: SystemUser): Promise<void> {
  for (const folder of [dataDir, path]) {
    if (folder === dataDir && !path.startsWith(await realpath(dataDir))) continue;
    const { mode, uid } = await stat(folder);
    if (await canPassOne(folder, user)) continue;
    await chown(folder, uid, user.gid);
    await chmod(folder, (mode & 0o777) | 0o010);
  }
  if (await canPass(path, user)) return;
  throw new StartupError(
    `Postgres runs as ${user.name} and cannot reach ${path}, because a folder above it is closed. Open the folders for passing (chmod o+x), or name another folder with --data-dir.`,
  );
}

async function canPass(path: string, user: SystemUser): Promise<boolean> {
  for (let folder = await realpath(path); ; folder = dirname(folder)) {
    if (!(await canPassOne(folder, user))) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function canPassOne(folder: string, user: SystemUser): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return (mode & needed) !== 0;
}

async function makePassable(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
}

/** Lets everybody read a copy of programs; the process's umask has taken that away. */
async function openTree(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}
