import { BACKEND_IDS, type BackendId } from '../../server/contract/backends.ts';

/** One line of the table. A ratio is always value / baseline, from the same run. */
export interface ResultRow {
  readonly name: string;
  /** Rows of one name that have one share a line, the backends side by side. */
  readonly backend?: BackendId;
  readonly value: number | null;
  readonly unit: string;
  readonly baseline?: { readonly name: string; readonly value: number };
  /** The median of the rounds' ratios where there were rounds. */
  readonly ratio?: number;
  readonly aim?: Aim;
  /** Why there is no value, or what to know when reading it. */
  readonly note?: string;
}

/** What is asked of the ratio or of the value itself. */
export interface Aim {
  readonly of: 'ratio' | 'value';
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Whether the row reaches its aim; null when it has none or was not measured. */
export function isMet(row: ResultRow): boolean | null {
  const measured = row.aim?.of === 'ratio' ? row.ratio : row.value;
  if (!row.aim || measured === undefined || measured === null) return null;
  return measured >= (row.aim.atLeast ?? -Infinity) && measured <= (row.aim.atMost ?? Infinity);
}

const HEADINGS = ['benchmark', 'value', 'baseline', 'ratio', 'aim', 'met'];

/** The rows as Markdown: a table of those about one thing, one with the backends side by side, then the notes. */
export function formatReport(rows: readonly ResultRow[]): string {
  const single = rows.filter((row) => row.backend === undefined);
  const compared = rows.filter((row) => row.backend !== undefined);
  const names = [...new Set(compared.map((row) => row.name))];
  const tables = [
    ...(single.length > 0 ? [formatTable([HEADINGS, ...single.map(cellsOf)])] : []),
    ...(names.length > 0
      ? [formatTable([['benchmark', ...BACKEND_IDS, 'aim'], ...names.map((name) => lineOf(compared, name))])]
      : []),
  ];
  const notes = rows.filter((row) => row.note !== undefined).map((row) => `* ${labelOf(row)}: ${row.note}`);
  return [...tables, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n');
}

function formatTable(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_heading, column) =>
    Math.max(3, ...cells.map((line) => (line[column] ?? '').length)),
  );
  const lines = cells.map((line) => widths.map((width, column) => (line[column] ?? '').padEnd(width)));
  lines.splice(
    1,
    0,
    widths.map((width) => '-'.repeat(width)),
  );
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** One measure on every backend; the ratio in parentheses. */
function lineOf(rows: readonly ResultRow[], name: string): string[] {
  const ofName = rows.filter((row) => row.name === name);
  const cells = BACKEND_IDS.map((id) => {
    const row = ofName.find((one) => one.backend === id);
    if (!row) return '';
    if (row.value === null) return 'not measured';
    const ratio = row.ratio === undefined ? '' : ` (${row.ratio.toFixed(2)})`;
    return `${amount(row.value, row.unit)}${ratio}${isMet(row) === false ? ' NO' : ''}`;
  });
  const aims = new Set(ofName.flatMap((row) => (row.aim ? [aimText(row.aim, row.unit)] : [])));
  return [name, ...cells, [...aims].join(', ')];
}

function labelOf({ name, backend }: ResultRow): string {
  return backend === undefined ? name : `${name}, ${backend}`;
}

function cellsOf(row: ResultRow): string[] {
  const met = isMet(row);
  return [
    row.name,
    row.value === null ? 'not measured' : amount(row.value, row.unit),
    row.baseline ? `${amount(row.baseline.value, row.unit)} (${row.baseline.name})` : '',
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.aim ? aimText(row.aim, row.unit) : '',
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}

function aimText(aim: Aim, unit: string): string {
  const text = (value: number) => (aim.of === 'ratio' ? String(value) : amount(value, unit));
  return aim.atLeast === undefined ? `<= ${text(aim.atMost ?? Infinity)}` : `>= ${text(aim.atLeast)}`;
}

function amount(value: number, unit: string): string {
  return `${value >= 100 ? Math.round(value) : value.toPrecision(3)} ${unit}`;
}
