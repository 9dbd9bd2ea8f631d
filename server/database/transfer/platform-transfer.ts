/** Copies and compares platform databases. What names the backend in force belongs to a place and does not move. */
import type { AnyTableDefinition } from '../model.ts';
import type { PlatformDatabase } from '../platform-database.ts';
import { settings } from '../platform-tables.ts';
import { type ContentHash, type HashOptions, hashContent } from './content-hash.ts';
import { copyContent } from './copy-content.ts';
import type { AnyRow, TableSet } from './tables.ts';

/** Settings that are true of one place alone. */
const PLACE_SETTINGS: ReadonlySet<string> = new Set(['backend', 'backend_switches']);

const isMoved = (definition: AnyTableDefinition, row: AnyRow) =>
  definition.table !== settings.table || !PLACE_SETTINGS.has(String(row['name']));

type PlatformHashOptions = Omit<HashOptions, 'isMoved'>;

/**
 * Makes `target` what `source` is, in one transaction; numbers that were given out are never given out again.
 * @param finish writes what belongs to the new place, in the same transaction
 */
export function copyPlatform(
  source: PlatformDatabase,
  target: PlatformDatabase,
  options: PlatformHashOptions,
  finish: (inside: PlatformDatabase) => Promise<void>,
): Promise<ContentHash> {
  return target.transaction(async (inside) => {
    const copied = await copyContent(tableSet(source), tableSet(inside), { ...options, isMoved });
    await inside.setSerials(await source.serials());
    await finish(inside);
    return copied;
  });
}

/** What moves of a platform database. */
export function hashPlatform(platform: PlatformDatabase, options: PlatformHashOptions): Promise<ContentHash> {
  return hashContent(tableSet(platform), { ...options, isMoved });
}

/** A platform database as a set of tables. */
export function tableSet(platform: PlatformDatabase): TableSet {
  return { table: (definition) => platform.table(definition) };
}
