import type { AnyTableDefinition } from '../model.ts';
import { type AnyRow, keyColumns, type TransferTable } from './tables.ts';

const FIRST_CHUNK = 50;
const MAX_CHUNK = 500;
/** Characters that a chunk should have about, so that rows with long texts do not fill the memory. */
const CHUNK_LENGTH = 4 * 1024 * 1024;

/** Rows in the order of their key, some at a time. */
export interface RowReader {
  /** The next rows; none at the end. */
  next(): Promise<readonly AnyRow[]>;
  /** Tells how many characters the last rows had, so that the next chunk gets the right size. */
  weighed(length: number): void;
}

/** Reads a whole table, soft-deleted rows included. A table whose key has several columns is read at once: those are small. */
export function readRows(table: TransferTable, definition: AnyTableDefinition): RowReader {
  const keys = keyColumns(definition);
  const [key] = keys;
  if (key === undefined) throw new TypeError(`table ${definition.table} has no primary key and cannot be moved`);
  const order = keys.map((name) => [name, 'asc'] as const);
  let limit = FIRST_CHUNK;
  let last: unknown;
  let size = 0;
  let isDone = false;
  return {
    async next() {
      if (isDone) return [];
      const chunk =
        keys.length > 1 ? {} : { limit, ...(last === undefined ? {} : { where: { [key]: { above: last } } }) };
      const rows = await table.find({ order, withDeleted: true, ...chunk });
      size = rows.length;
      last = rows.at(-1)?.[key];
      isDone = keys.length > 1 || rows.length < limit;
      return rows;
    },
    weighed(length) {
      if (size === 0) return;
      const fitting = Math.floor(CHUNK_LENGTH / (length / size + 1));
      limit = Math.min(MAX_CHUNK, Math.max(1, fitting), limit * 4);
    },
  };
}
