/** Looks through a store's tables for people: what is there, and rows as text. Reads only, through the store's own handle. */
import type { AnyTableDefinition, ColumnDefinition, ColumnType } from './model.ts';
import { columnName } from './statement-builder.ts';
import type { StoreDatabase } from './store-database.ts';

/** A column as the database names it. */
export interface BrowsedColumn {
  /** In rows, such as `priceMinor`. */
  readonly key: string;
  /** In the database, such as `price_minor`. */
  readonly name: string;
  readonly type: ColumnType;
  readonly isKey: boolean;
  /** JSON has no order that engines agree on. */
  readonly isSortable: boolean;
}

export interface BrowseOptions {
  readonly offset: number;
  readonly limit: number;
  /** Null leaves the order of the primary key. */
  readonly sort: BrowsedColumn | null;
  readonly direction: 'asc' | 'desc';
}

/** Longer texts are cut; a page of rows is for looking at. */
const MAX_TEXT = 500;
const MAX_BYTES_SHOWN = 32;

/** The columns of a table in their declared order. */
export function browsedColumns(table: AnyTableDefinition): readonly BrowsedColumn[] {
  return Object.entries<ColumnDefinition>(table.columns).map(([key, { type, primaryKey }]) => ({
    key,
    name: columnName(key),
    type,
    isKey: primaryKey === true,
    isSortable: type !== 'json',
  }));
}

/** How many rows a store has in a table, soft-deleted ones included. */
export async function countRows(database: StoreDatabase, table: AnyTableDefinition): Promise<number> {
  const sql = `SELECT count(*) AS "count" FROM "${table.table}" WHERE "store_id" = $1`;
  const [row] = await database.query<{ count: number | string }>(sql, [database.storeId]);
  return Number(row?.count);
}

/** Rows of one table as text, one text a column; soft-deleted ones included. */
export async function browseRows(
  database: StoreDatabase,
  table: AnyTableDefinition,
  { offset, limit, sort, direction }: BrowseOptions,
): Promise<(string | null)[][]> {
  const all = browsedColumns(table);
  const sorted = sort ? [[sort.key, direction] as const] : [];
  // Rows that are equal in the sorted column keep their order from page to page.
  const keys = all.filter((column) => column.isKey && column.key !== sort?.key);
  const order = [...sorted, ...keys.map(({ key }) => [key, sort ? 'asc' : direction] as const)];
  const rows = await database.table(table).find({ order, offset, limit, withDeleted: true });
  return rows.map((row) => all.map(({ key }) => displayText(row[key])));
}

/** A value for display: times in ISO 8601, JSON without spaces, bytes as `\x00ff`; null is NULL. Long ones are cut with `…`. */
export function displayText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return bytesText(value);
  return cut(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function bytesText(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, MAX_BYTES_SHOWN)).toString('hex');
  return `\\x${start}${bytes.length > MAX_BYTES_SHOWN ? '…' : ''} (${bytes.length} bytes)`;
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  // Not between the two halves of one character.
  return `${text.slice(0, MAX_TEXT).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
