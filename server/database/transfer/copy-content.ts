import type { AnyTableDefinition } from '../model.ts';
import { type ContentHash, type HashOptions, joinHashes, type TableHash, TableHasher } from './content-hash.ts';
import { readRows } from './read-rows.ts';
import type { TableSet } from './tables.ts';

export interface CopyOptions extends HashOptions {
  /** Told after each chunk how many more rows are there. */
  readonly onRows?: ((rows: number) => void) | undefined;
}

/**
 * Makes the target's tables what the source's are, soft-deleted rows included; what was there before goes. Call it inside
 * a transaction of the target, so that it can be repeated.
 * @returns what was read from the source
 */
export async function copyContent(source: TableSet, target: TableSet, options: CopyOptions): Promise<ContentHash> {
  // Rows that refer to others go first.
  for (const definition of options.tables.toReversed()) await target.table(definition).delete({});
  const hashes: TableHash[] = [];
  for (const definition of options.tables) hashes.push(await copyTable(source, target, definition, options));
  return joinHashes(hashes);
}

async function copyTable(
  source: TableSet,
  target: TableSet,
  definition: AnyTableDefinition,
  { signal, onRows, isMoved }: CopyOptions,
): Promise<TableHash> {
  const hasher = new TableHasher(definition);
  const reader = readRows(source.table(definition), definition);
  const into = target.table(definition);
  for (let rows = await reader.next(); rows.length > 0; rows = await reader.next()) {
    signal.throwIfAborted();
    const moved = isMoved ? rows.filter((row) => isMoved(definition, row)) : rows;
    reader.weighed(hasher.add(moved));
    await into.insert(...moved);
    onRows?.(moved.length);
  }
  return hasher.digest();
}
