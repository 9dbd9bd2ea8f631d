import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { NO_FILE } from './hosts-errors.ts';

/** SHA-256 of a file's bytes, hexadecimal. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The bytes of a file; null where there is none. */
export async function readBytes(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The hash by which a plan names a file. */
export function stampOf(bytes: Buffer | null): string {
  return bytes === null ? NO_FILE : hashOf(bytes);
}
