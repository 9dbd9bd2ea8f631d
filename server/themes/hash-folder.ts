import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Twelve hexadecimal digits that change with any file below the folder: they make an asset's URL safe to keep for good. */
export function hashFolder(directory: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(path.slice(directory.length)).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}
