import { readFileSync } from 'node:fs';

/** How many files this process may have open, or null where the system does not tell. */
export function openFileLimit(): number | null {
  try {
    const match = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return match ? Number(match[1]) : null;
  } catch {
    return null;
  }
}

/** Descriptors of one open store: the file, its log and the log's index, for reading and for writing. */
const FILES_A_STORE = 6;
const KEPT_FREE = 100;

/** As many stores' files as the system allows, at most `wanted`; what else the server opens stays possible. */
export function affordableStores(wanted: number, limit: number | null = openFileLimit()): number {
  return limit === null ? wanted : Math.max(4, Math.min(wanted, Math.floor((limit - KEPT_FREE) / FILES_A_STORE)));
}
