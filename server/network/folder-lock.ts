import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** A lock that its process holds; the operating system frees it when the process ends, however it ends. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes a data folder for this process, or returns null when another has it. SQLite's exclusive lock: no
 * file is left behind that could be stale, and a copied folder is not locked.
 */
export function tryLockFolder(path: string): FolderLock | null {
  const lock = new BetterSqlite3(join(path, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return { release: () => lock.close() };
  } catch (error) {
    lock.close();
    if (String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}
