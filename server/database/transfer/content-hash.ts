import { createHash } from 'node:crypto';
import type { AnyTableDefinition } from '../model.ts';
import { canonicalRow } from './canonical-row.ts';
import { readRows } from './read-rows.ts';
import type { AnyRow, TableSet } from './tables.ts';

/** What a table holds: how many rows, and a SHA-256 over all of them. */
export interface TableHash {
  readonly table: string;
  readonly rows: number;
  readonly hash: string;
}

/** The same for tables that belong together. Equal hashes mean equal content, whatever engines they were made on. */
export interface ContentHash {
  readonly hash: string;
  readonly rows: number;
  readonly tables: readonly TableHash[];
}

/** Takes the rows of one table in the order of their key. */
export class TableHasher {
  readonly #hash = createHash('sha256');
  readonly #definition: AnyTableDefinition;
  #rows = 0;

  constructor(definition: AnyTableDefinition) {
    this.#definition = definition;
  }

  /** Returns how many characters the rows have. */
  add(rows: readonly AnyRow[]): number {
    let length = 0;
    for (const row of rows) {
      const text = canonicalRow(this.#definition, row);
      length += text.length;
      this.#hash.update(text).update('\n');
    }
    this.#rows += rows.length;
    return length;
  }

  /** Call it once. */
  digest(): TableHash {
    return { table: this.#definition.table, rows: this.#rows, hash: this.#hash.digest('hex') };
  }
}

/** Joins what is known of each table. */
export function joinHashes(tables: readonly TableHash[]): ContentHash {
  const hash = createHash('sha256');
  for (const { table, rows, hash: ofTable } of tables) hash.update(`${table} ${rows} ${ofTable}\n`);
  return { hash: hash.digest('hex'), rows: tables.reduce((sum, { rows }) => sum + rows, 0), tables };
}

export interface HashOptions {
  /** In the order they were made: a table stands after those it refers to. */
  readonly tables: readonly AnyTableDefinition[];
  readonly signal: AbortSignal;
  /** Leaves out rows that do not move. */
  readonly isMoved?: ((definition: AnyTableDefinition, row: AnyRow) => boolean) | undefined;
}

/** Reads everything and says what it is. @throws {Error} the signal's reason, when it was aborted */
export async function hashContent(source: TableSet, options: HashOptions): Promise<ContentHash> {
  const { isMoved } = options;
  const hashes: TableHash[] = [];
  for (const definition of options.tables) {
    const hasher = new TableHasher(definition);
    const reader = readRows(source.table(definition), definition);
    for (let rows = await reader.next(); rows.length > 0; rows = await reader.next()) {
      options.signal.throwIfAborted();
      reader.weighed(hasher.add(isMoved ? rows.filter((row) => isMoved(definition, row)) : rows));
    }
    hashes.push(hasher.digest());
  }
  return joinHashes(hashes);
}
