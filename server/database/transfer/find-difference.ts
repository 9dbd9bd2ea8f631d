import type { AnyTableDefinition } from '../model.ts';
import { differingColumn } from './canonical-row.ts';
import type { ContentHash } from './content-hash.ts';
import { readRows } from './read-rows.ts';
import { type AnyRow, keyColumns, type TableSet } from './tables.ts';

/** The first thing that differs, in words that name table, row and column, and no content. */
export async function describeDifference(
  source: TableSet,
  target: TableSet,
  tables: readonly AnyTableDefinition[],
  found: { readonly source: ContentHash; readonly target: ContentHash },
): Promise<string> {
  for (const definition of tables) {
    const of = (content: ContentHash) => content.tables.find(({ table }) => table === definition.table);
    const [was, is] = [of(found.source), of(found.target)];
    if (was?.hash === is?.hash && was?.rows === is?.rows) continue;
    const row = await firstDifferentRow(source, target, definition);
    const counts = was?.rows === is?.rows ? '' : ` (${was?.rows ?? 0} rows, not ${is?.rows ?? 0})`;
    return `table ${definition.table}${counts}: ${row ?? 'the rows were different a moment ago'}`;
  }
  return 'no table differs any more';
}

async function firstDifferentRow(
  source: TableSet,
  target: TableSet,
  definition: AnyTableDefinition,
): Promise<string | null> {
  const one = cursor(source, definition);
  const other = cursor(target, definition);
  for (;;) {
    const [was, is] = [await one(), await other()];
    if (!was && !is) return null;
    if (!was) return `row ${keyOf(definition, is)} should not be there`;
    if (!is) return `row ${keyOf(definition, was)} is missing`;
    // Where a row is missing in between, the next row stands in its place: its key differs.
    const column = differingColumn(definition, was, is);
    if (column !== null) return `row ${keyOf(definition, was)} differs in ${column}`;
  }
}

function keyOf(definition: AnyTableDefinition, row: AnyRow | null): string {
  return keyColumns(definition)
    .map((name) => String(row?.[name]))
    .join(', ');
}

/** Gives row after row, then null. */
function cursor(set: TableSet, definition: AnyTableDefinition): () => Promise<AnyRow | null> {
  const reader = readRows(set.table(definition), definition);
  let rows: readonly AnyRow[] = [];
  let index = 0;
  return async () => {
    if (index >= rows.length) {
      rows = await reader.next();
      index = 0;
    }
    const row = rows[index] ?? null;
    index += 1;
    return row;
  };
}
