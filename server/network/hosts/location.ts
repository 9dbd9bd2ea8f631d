/** Where hosts files are, and which block of them belongs to a data folder. */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** Windows' own file, as a Linux system inside Windows sees it. */
export const WINDOWS_FILE_IN_WSL = '/mnt/c/Windows/System32/drivers/etc/hosts';

/** The file that every program of this machine looks names up in. */
export function systemHostsFile(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  if (platform !== 'win32') return posix.join('/etc', 'hosts');
  return win32.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts');
}

/** Eight hexadecimal digits for a data folder: each platform of a machine has its own block. */
export function blockIdOf(dataDir: string): string {
  return createHash('sha256').update(realPathOf(dataDir)).digest('hex').slice(0, 8);
}

/** The same path however it was written; as given when it is not there. */
export function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
