/** Files that only their owner may read: keys, and certificates with their keys. */
import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder that only its owner may enter, also where it was there already. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') await chmod(path, 0o700);
}

/** Writes a file whole or not at all, readable by its owner alone. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await makePrivateFolder(dirname(path));
  // Two of this process may write at once.
  const draft = `${path}.${process.pid}-${randomUUID().slice(0, 8)}.new`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.chmod(0o600);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    // It may hold half of a key.
    await rm(draft, { force: true });
    throw error;
  }
}

export interface PrivateFile {
  readonly text: string;
  /** True when others could read it until now. */
  readonly wasOpen: boolean;
}

/**
 * Reads such a file; null when there is none. One that others may read gets its mode back.
 * @throws {Error} with a sentence when it is no file of this user
 */
export async function readPrivateFile(path: string): Promise<PrivateFile | null> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!found) return null;
  if (!found.isFile()) throw new Error(`${path} is not a file of its own.`);
  const user = process.getuid?.();
  if (user !== undefined && user !== 0 && found.uid !== user) throw new Error(`${path} belongs to another user.`);
  const wasOpen = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  if (wasOpen) await chmod(path, 0o600);
  return { text: await readFile(path, 'utf8'), wasOpen };
}
