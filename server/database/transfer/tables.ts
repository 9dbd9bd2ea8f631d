import type { AnyTableDefinition, ColumnDefinition } from '../model.ts';
import type { FindOptions } from '../table.ts';

/** A row of any table. */
export type AnyRow = Readonly<Record<string, unknown>>;

/** What a move needs of a table, whether it is a store's or the platform's. */
export interface TransferTable {
  find(options: FindOptions<Record<string, unknown>>): Promise<AnyRow[]>;
  insert(...rows: AnyRow[]): Promise<void>;
  delete(where: Record<string, never>): Promise<number>;
}

/** Tables that are copied and compared together: one store's, or the platform's. */
export interface TableSet {
  table(definition: AnyTableDefinition): TransferTable;
}

/** The names of the columns that tell rows apart. */
export function keyColumns(definition: AnyTableDefinition): string[] {
  return Object.entries<ColumnDefinition>(definition.columns)
    .filter(([, column]) => column.primaryKey === true)
    .map(([name]) => name);
}
