/** Rows as text that is the same for the same content, whatever engine holds it. */
import type { AnyTableDefinition, ColumnDefinition, ColumnType } from '../model.ts';
import type { AnyRow } from './tables.ts';

type Canonical = string | number | boolean | null | readonly unknown[];

/** A value as JSON can hold it: times as ISO 8601, binary as base64, JSON with sorted keys; NULL is not the empty text. */
export function canonicalValue(type: ColumnType, value: unknown): Canonical {
  if (value === null) return null;
  switch (type) {
    case 'boolean':
      return value === true || value === 1;
    case 'timestamp':
      return (value instanceof Date ? value : new Date(String(value))).toISOString();
    case 'binary':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'json':
      return ['json', sortedKeys(value)];
    case 'decimal':
      return canonicalDecimal(String(value));
    case 'uuid':
      return String(value).toLowerCase();
    case 'integer':
      return Number(value);
    case 'text':
      return String(value);
  }
}

/** `[["code","techstore"],["id",1]]`: columns in the order of their names; one that the row does not have is left out. */
export function canonicalRow(definition: AnyTableDefinition, row: AnyRow): string {
  const pairs: [string, Canonical][] = [];
  for (const [name, type] of sortedColumns(definition)) {
    const value = row[name];
    if (value !== undefined) pairs.push([name, canonicalValue(type, value)]);
  }
  return JSON.stringify(pairs);
}

/** The first column, by name, in which two rows differ; null when they are the same. */
export function differingColumn(definition: AnyTableDefinition, one: AnyRow, other: AnyRow): string | null {
  const textOf = (row: AnyRow, name: string, type: ColumnType) =>
    row[name] === undefined ? undefined : JSON.stringify(canonicalValue(type, row[name]));
  const found = sortedColumns(definition).find(([name, type]) => textOf(one, name, type) !== textOf(other, name, type));
  return found?.[0] ?? null;
}

const columnsOfTables = new WeakMap<object, readonly (readonly [string, ColumnType])[]>();

function sortedColumns(definition: AnyTableDefinition): readonly (readonly [string, ColumnType])[] {
  let known = columnsOfTables.get(definition);
  if (!known) {
    known = Object.entries<ColumnDefinition>(definition.columns)
      .map(([name, column]) => [name, column.type] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    columnsOfTables.set(definition, known);
  }
  return known;
}

/** Objects with their keys in order, all the way down. Entries and not an object: numbers as keys have an order of their own. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(JSON.parse(JSON.stringify(value)) as object);
  return { entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sortedKeys(member)]) };
}

/** `+01.50` and `1.5` are the same number, however many digits it has; what is no number stays as it is. */
function canonicalDecimal(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim());
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) return text;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const left = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const right = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const integer = left.replace(/^0+/, '') || '0';
  const decimals = right.replace(/0+$/, '');
  if (integer === '0' && decimals === '') return '0';
  return `${sign === '-' ? '-' : ''}${integer}${decimals === '' ? '' : `.${decimals}`}`;
}
