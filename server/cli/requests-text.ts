/** Recorded requests in words for a terminal. */
import type { Comparison } from '../contract/inspect.ts';
import type { DiffLine } from '../contract/names.ts';
import type { RequestList, RequestSummary, RequestTrace } from '../contract/requests.ts';
import { table } from './output.ts';

const MAX_DIFF = 120;

/** One line a request, the newest first. */
export function describeList({ requests, total }: RequestList): string {
  if (requests.length === 0) return 'No recorded request matches.';
  const rows = requests.map((one) => [
    one.requestId,
    clock(one.startedAt),
    one.method,
    String(one.status ?? '-'),
    ms(one.durationMs),
    one.store?.code ?? '-',
    one.mode?.replace('_', ' ') ?? '-',
    `${one.host}${one.path}`,
    marks(one),
  ]);
  const shown = table(['ID', 'AT', 'METHOD', 'STATUS', 'TOOK', 'STORE', 'MODE', 'ADDRESS', ''], rows);
  return total > requests.length ? `${shown}\n\n${total - requests.length} more match; --limit shows them.` : shown;
}

function marks({ flags, origin }: RequestSummary): string {
  return [...flags, ...(origin ? [origin] : [])].map((flag) => flag.replaceAll('_', ' ')).join(', ');
}

/** Everything that is known of a request: the ladder, the timeline and the SQL. */
export function describeTrace(trace: RequestTrace): string {
  const { method, scheme, host, path, status, error, store, mode, area, role } = trace;
  const facts = [
    `${method} ${scheme}://${host}${path}`,
    `answered ${status ?? 'nothing'} in ${ms(trace.durationMs)}, ${new Date(trace.startedAt).toISOString()}`,
    `${store ? `${store.name} (${store.code})` : 'no store'}, ${mode?.replace('_', ' ') ?? 'no mode'}, area ${area ?? 'none'}, as ${role ?? 'unknown'}`,
    ...(trace.resentFrom ? [`sent again from ${trace.resentFrom}`] : []),
    ...(error ? [`error: ${error.name}: ${error.message}`] : []),
    ...trace.insights.map(({ message }) => `note: ${message}`),
  ];
  const ladder = trace.ladder.map((rung) => [rung.rule, rung.result.replace('_', ' '), rung.input || '-', rung.reason]);
  return [
    ...facts,
    ...(ladder.length > 0 ? ['', 'WHY', table(['RULE', 'RESULT', 'LOOKED AT', 'WHY'], ladder)] : []),
    ...(trace.spans.length > 0 ? ['', 'TIMELINE', timeline(trace)] : []),
    ...(trace.sql.length > 0 ? ['', 'SQL', statements(trace)] : []),
    ...(trace.logs.length > 0 ? ['', 'LOG', ...trace.logs.map((line) => `${line.level} ${line.message}`)] : []),
  ].join('\n');
}

/** Spans with what is inside them further to the right. */
function timeline({ spans }: RequestTrace): string {
  const depthOf = (index: number): number => {
    const parent = spans[index]?.parent ?? null;
    // A span's parent began before it.
    return parent === null || parent >= index ? 0 : depthOf(parent) + 1;
  };
  const rows = spans.map((span, index) => [
    `${'  '.repeat(depthOf(index))}${span.name}`,
    ms(span.startMs),
    ms(span.durationMs),
  ]);
  return table(['SPAN', 'AFTER', 'TOOK'], rows);
}

function statements({ sql }: RequestTrace): string {
  return sql
    .map(({ sql: text, parameters, durationMs, rows, error }) => {
      const end = error ? `failed: ${error}` : `${ms(durationMs)}, ${rows} ${rows === 1 ? 'row' : 'rows'}`;
      return `${end}\n  ${text.replace(/\s+/g, ' ')}${parameters === null ? '' : `\n  ${parameters}`}`;
    })
    .join('\n');
}

/** What differs between two requests. */
export function describeComparison({ left, right, headers, body, sql, summary }: Comparison): string {
  const differing = headers.filter((header) => !header.isVolatile && header.left !== header.right);
  const changedSql = sql.filter(({ kind }) => kind !== 'same');
  return [
    summary,
    '',
    table(
      ['', 'ID', 'STATUS', 'TOOK', 'STORE', 'MODE', 'AS', 'ADDRESS'],
      [sideOf('before', left), sideOf('now', right)],
    ),
    ...(differing.length > 0
      ? [
          '',
          table(
            ['HEADER', 'BEFORE', 'NOW'],
            differing.map((one) => [one.name, one.left ?? '-', one.right ?? '-']),
          ),
        ]
      : []),
    ...(body && body.length > 0 ? ['', 'BODY', ...diffText(body)] : []),
    ...(changedSql.length > 0 ? ['', 'SQL', ...diffText(changedSql)] : []),
  ].join('\n');
}

function sideOf(name: string, trace: RequestTrace): string[] {
  return [
    name,
    trace.requestId,
    String(trace.status ?? '-'),
    ms(trace.durationMs),
    trace.store?.code ?? '-',
    trace.mode?.replace('_', ' ') ?? '-',
    trace.role ?? '-',
    `${trace.host}${trace.path}`,
  ];
}

function diffText(lines: readonly DiffLine[]): string[] {
  const shown = lines
    .slice(0, MAX_DIFF)
    .map(({ kind, text }) => `${kind === 'added' ? '+' : kind === 'removed' ? '-' : ' '} ${text}`);
  return lines.length > MAX_DIFF
    ? [...shown, `  ${lines.length - MAX_DIFF} more lines; --format json has them.`]
    : shown;
}

/** What became of the entries of a HAR file. */
export function describeImport(result: {
  readonly imported: number;
  readonly skipped: readonly { readonly entry: number; readonly reason: string }[];
}): string {
  const lines = result.skipped.map(({ entry, reason }) => `  entry ${entry}: ${reason}`);
  return [`${countOf(result.imported)} imported.`, ...(lines.length > 0 ? ['Not imported:', ...lines] : [])].join('\n');
}

/** `3 requests`, `1 request`. */
export function countOf(requests: number): string {
  return requests === 1 ? '1 request' : `${requests} requests`;
}

function ms(value: number | null): string {
  return value === null ? '-' : `${Math.round(value * 10) / 10} ms`;
}

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
