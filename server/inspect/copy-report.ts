import { curlCommand } from '../contract/curl.ts';
import type { CapturedBody, RequestTrace } from '../contract/requests.ts';

/** What a report says of the server. */
export interface ReportAbout {
  readonly version: string;
  readonly engine: string;
  readonly isolation: string;
  readonly mode: string;
}

const MAX_STATEMENTS = 60;
const MAX_BODY = 4000;
const MAX_LOGS = 40;

/** A bug report in Markdown: what was asked, who answered and why, the answer, SQL and errors. Secrets stay masked. */
export function bugReport(trace: RequestTrace, about: ReportAbout): string {
  const { command, missing } = curlCommand(trace, trace.scheme);
  const sections = [
    `# ${inline(`${trace.method} ${trace.path}`)} answered ${trace.status ?? 'nothing'}`,
    facts(trace, about),
    section('Asked', [
      fenced(command, 'sh'),
      ...(missing.length > 0 ? [`Left out, not recorded: ${missing.map(inline).join(', ')}.`] : []),
    ]),
    section('Who answered, and why', [ladder(trace), trace.refusal, trace.hint]),
    section('Answer', [headerTable(trace.responseHeaders), bodyText(trace.responseBody)]),
    section('Error', [errorText(trace)]),
    section('SQL', [sqlText(trace), ...trace.insights.map(({ message }) => `- ${message}`)]),
    section('Log', [logText(trace)]),
  ];
  return `${sections.filter((text) => text !== null).join('\n\n')}\n`;
}

function facts(trace: RequestTrace, about: ReportAbout): string {
  return table(
    ['What', 'Value'],
    [
      ['Address', `${trace.scheme}://${trace.host}${trace.path}`],
      ['Store', trace.store ? `${trace.store.name} (${trace.store.code})` : 'none'],
      ['Routing mode', trace.mode ?? 'none'],
      ['Area', trace.area ?? 'none'],
      ['Asked as', trace.role ?? 'unknown'],
      ['When', new Date(trace.startedAt).toISOString()],
      ['Took', trace.durationMs === null ? 'unknown' : `${rounded(trace.durationMs)} ms`],
      ['Request id', trace.requestId],
      ['Orion Studio', `${about.version}, ${about.mode}`],
      ['Backend', `${about.engine}/${about.isolation}`],
      ['Node.js', `${process.version} on ${process.platform} ${process.arch}`],
    ],
  );
}

function section(title: string, parts: readonly (string | null)[]): string | null {
  const filled = parts.filter((part) => part !== null && part !== '');
  return filled.length === 0 ? null : `## ${title}\n\n${filled.join('\n\n')}`;
}

function ladder(trace: RequestTrace): string | null {
  if (trace.ladder.length === 0) return null;
  return table(
    ['Rule', 'Result', 'Looked at', 'Why'],
    trace.ladder.map(({ rule, result, input, reason }) => [rule, result.replace('_', ' '), input, reason]),
  );
}

function headerTable(headers: Readonly<Record<string, string>>): string | null {
  const rows = Object.entries(headers);
  return rows.length === 0 ? null : table(['Header', 'Value'], rows);
}

function bodyText(body: CapturedBody | null): string | null {
  if (!body) return null;
  if (body.text === null || body.text === '')
    return `${body.bytes} bytes of ${inline(body.contentType ?? 'an unknown type')}${body.note ? `. ${body.note}` : ''}`;
  const isCut = body.text.length > MAX_BODY;
  const note = isCut ? `The first ${MAX_BODY} of ${body.text.length} characters.` : body.note;
  return [fenced(body.text.slice(0, MAX_BODY), ''), note].filter((part) => part !== null).join('\n\n');
}

function errorText({ error }: RequestTrace): string | null {
  if (!error) return null;
  const title = `${inline(`${error.name}${error.code ? ` (${error.code})` : ''}`)}: ${error.message}`;
  const where = error.source ? `At ${inline(`${error.source.file}:${error.source.line}`)}.` : null;
  return [title, where, error.stack ? fenced(error.stack, '') : null].filter((part) => part !== null).join('\n\n');
}

function sqlText({ sql }: RequestTrace): string | null {
  if (sql.length === 0) return null;
  const lines = sql.slice(0, MAX_STATEMENTS).map((statement) => {
    const end = statement.error
      ? `-- ${statement.error}`
      : `-- ${rounded(statement.durationMs)} ms, ${statement.rows} rows`;
    return `${statement.sql.replace(/\s+/g, ' ')}; ${end.replace(/\s+/g, ' ')}`;
  });
  const more = sql.length > MAX_STATEMENTS ? `\n\n${sql.length - MAX_STATEMENTS} more statements.` : '';
  return fenced(lines.join('\n'), 'sql') + more;
}

function logText({ logs }: RequestTrace): string | null {
  if (logs.length === 0) return null;
  return fenced(
    logs
      .slice(0, MAX_LOGS)
      .map(({ level, message }) => `${level.toUpperCase()} ${message}`)
      .join('\n'),
    '',
  );
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What was sent must not become Markdown of its own. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\|<>`*_[\]]/g, '\\$&');
}

function inline(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  const ticks = longestTicks(flat);
  const fence = '`'.repeat(ticks + 1);
  return ticks === 0 ? `\`${flat}\`` : `${fence} ${flat} ${fence}`;
}

/** A fence longer than any inside. */
function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
