/** One line of the table. A ratio is always value / baseline, from the same run. */
export interface ResultRow {
  readonly name: string;
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

/** The rows as a table for people, with the notes below. */
export function formatTable(rows: readonly ResultRow[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_heading, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  const notes = rows.filter((row) => row.note !== undefined).map((row) => `* ${row.name}: ${row.note}`);
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
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
