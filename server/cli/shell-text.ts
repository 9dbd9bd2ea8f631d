/** How results of the built-in shell are printed. */
import type { ShellResult } from '../database/shell/shell-session.ts';
import { table } from './output.ts';

export type ShellFormat = 'table' | 'json' | 'csv';

/** Wider values are cut in tables; JSON and CSV have all of them. */
const MAX_CELL = 60;

/** The text of a result, without a line break at its end. */
export function resultText(result: ShellResult, format: ShellFormat): string {
  if (format === 'json') return JSON.stringify(jsonOf(result), null, 2);
  if (format === 'csv') return result.changes === null ? [result.columns, ...result.rows].map(csvLine).join('\n') : '';
  if (result.changes !== null) return `${counted(result.changes)} changed`;
  const cells = result.rows.map((row) => row.map(cellText));
  return `${table(result.columns, cells)}\n(${counted(result.rows.length)})`;
}

function jsonOf({ columns, rows, changes }: ShellResult): object {
  if (changes !== null) return { changes };
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, jsonValue(row[index])])));
}

function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint' || value instanceof Uint8Array) return textOf(value);
  return value ?? null;
}

function csvLine(values: readonly unknown[]): string {
  return values
    .map((value) => (value === null || value === undefined ? '' : textOf(value)))
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',');
}

/** One line, also when the value has several. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  const text = textOf(value).replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function counted(rows: number): string {
  return `${rows} row${rows === 1 ? '' : 's'}`;
}
