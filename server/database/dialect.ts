/** What engines say or store differently. Everything else is written once. */
import { AppError } from '../errors.ts';
import type { ColumnType } from './model.ts';

export interface SqlDialect {
  /** A test that the text in `column` contains `value`, letter for letter. */
  readonly contains: (column: string, value: string) => string;
  /** The column as it is ordered and compared: text by its bytes, on every engine. */
  readonly comparable: (column: string, type: ColumnType) => string;
  /** False for a value that no row can have, such as a text that is no UUID: asking for it finds nothing. */
  readonly canHold: (type: ColumnType, value: unknown) => boolean;
  /** The value as the driver binds it. @throws {AppError} 422 for text that cannot be kept on every engine */
  readonly encode: (type: ColumnType, value: unknown) => unknown;
  /** How many values a statement can bind. */
  readonly maxValues: number;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export const sqliteDialect: SqlDialect = {
  contains: (column, value) => `instr(${column}, ${value}) > 0`,
  comparable: (column) => column,
  canHold: isStorable,
  encode,
  maxValues: 32_000,
};

export const postgresDialect: SqlDialect = {
  contains: (column, value) => `strpos(${column}, ${value}) > 0`,
  comparable: (column, type) => (type === 'text' ? `${column} COLLATE "C"` : column),
  canHold: (type, value) => (type === 'uuid' ? typeof value === 'string' && UUID.test(value) : isStorable(type, value)),
  encode,
  maxValues: 60_000,
};

function isStorable(type: ColumnType, value: unknown): boolean {
  return type !== 'text' || typeof value !== 'string' || (!value.includes('\0') && value.isWellFormed());
}

function encode(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'json') return JSON.stringify(value, (_key, member) => storable(member));
  if (type === 'decimal') return String(value);
  return storable(value);
}

/** Postgres keeps neither the NUL character nor half of a surrogate pair; SQLite would keep what cannot move there. */
function storable(value: unknown): unknown {
  if (isStorable('text', value)) return value;
  throw new AppError('The text has a character that cannot be stored (NUL, or half of an emoji). Remove it.', {
    status: 422,
    code: 'text_not_storable',
  });
}
