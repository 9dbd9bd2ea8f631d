import { type Command, Option } from 'commander';
import type { LogList } from '../contract/inspect.ts';
import { isConsoleLine, type LogLine } from '../contract/requests.ts';
import { StartupError } from '../errors.ts';
import { findRunningServer, type RunningServer } from '../network/running-server.ts';
import { dataDirOf, formatOf } from './context.ts';
import { callServer } from './remote-client.ts';
import { refuseEmpty, requireStore } from './requests-filter.ts';

interface LogFlags {
  readonly store?: string;
  readonly level?: string;
  readonly request?: string;
  readonly text?: string;
  readonly lines: string;
  readonly follow?: boolean;
  readonly all?: boolean;
}

const WAIT_MS = 20_000;
const MAX_LINES = 1000;
const HELP = `
The latest 5000 lines are in the server's memory. With --format json each line is one JSON object.

Examples:
  orion logs --follow --store techstore
  orion logs --level warn --lines 20
  orion logs --request 27802c08-b14b-4349-832c-a44f64b2caf0`;

/** `orion logs`: the latest lines of the running server's log, and those that come. */
export function addLogsCommand(program: Command): void {
  program
    .command('logs')
    .description("show the latest lines of the running server's log")
    .option('--store <code>', 'only lines about this store')
    .addOption(
      new Option('--level <level>', 'only lines of this level and above').choices(['debug', 'info', 'warn', 'error']),
    )
    .option('--request <id>', 'only lines of this request')
    .option('--text <text>', 'only lines with this text')
    .option('-n, --lines <n>', 'how many lines to begin with', '200')
    .option('--all', "also lines about the console's own requests")
    .option('-f, --follow', 'go on with the lines that come, until Ctrl-C')
    .addHelpText('after', HELP)
    .action(showLogs);
}

async function showLogs(flags: LogFlags, command: Command): Promise<void> {
  const dataDir = dataDirOf(command);
  const isJson = formatOf(command).format === 'json';
  const server = await findRunningServer(dataDir);
  if (!server)
    throw new StartupError(
      `No server runs on the data folder ${dataDir}. Start it with orion serve, then ask again.`,
      1,
    );
  const write = (line: LogLine) => process.stdout.write(`${isJson ? JSON.stringify(line) : inWords(line)}\n`);
  // Who asks for one request or the console's own lines wants them.
  const isWanted = (line: LogLine) => flags.all || flags.request !== undefined || !isConsoleLine(line);
  const ending = new AbortController();
  endWithItsReader(ending);
  const query = queryOf(flags);
  const { lines, newest } = await ask(server, { ...query, limit: String(MAX_LINES) });
  if (lines.length === 0) await requireStore(server, flags.store);
  const shown = lines.filter(isWanted).slice(-Number(flags.lines));
  for (const line of shown) write(line);
  if (flags.follow) await follow({ server, query, after: newest, ending }, (line) => isWanted(line) && write(line));
  else if (shown.length === 0) process.stderr.write('No line of the log matches.\n');
}

interface Following {
  readonly server: RunningServer;
  readonly query: Readonly<Record<string, string>>;
  /** The sequence of the last line that was seen. */
  readonly after: number;
  readonly ending: AbortController;
}

/** Tells of each line that comes, until Ctrl-C or until nobody reads on. */
async function follow({ server, query, after, ending }: Following, tell: (line: LogLine) => void): Promise<void> {
  process.once('SIGINT', () => ending.abort());
  let newest = after;
  while (!ending.signal.aborted) {
    const asked = { ...query, after: String(newest), limit: String(MAX_LINES), waitMs: String(WAIT_MS) };
    const list = await ask(server, asked, ending.signal).catch((error: unknown) => {
      if (ending.signal.aborted) return null;
      throw error;
    });
    if (!list) return;
    newest = list.newest;
    for (const line of list.lines) tell(line);
  }
}

/** @throws {StartupError} when the number of lines is none, or a flag is empty */
function queryOf({ store, level, request, text, lines }: LogFlags): Record<string, string> {
  if (!/^[1-9]\d{0,3}$/.test(lines) || Number(lines) > MAX_LINES)
    throw new StartupError(`--lines must be a number from 1 to ${MAX_LINES}, not ${JSON.stringify(lines)}.`, 2);
  refuseEmpty({ store, request, text });
  return {
    ...(store ? { store } : {}),
    ...(level ? { level } : {}),
    ...(request ? { requestId: request } : {}),
    ...(text ? { text } : {}),
  };
}

function ask(server: RunningServer, query: Record<string, string>, signal?: AbortSignal): Promise<LogList> {
  return callServer(server, 'GET', `/api/logs?${new URLSearchParams(query)}`, undefined, signal);
}

/** `orion logs --follow | head -1` ends when `head` does. */
function endWithItsReader(ending: AbortController): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    ending.abort();
  });
}

function inWords({ at, level, store, message, fields }: LogLine): string {
  const time = at > 0 ? new Date(at).toISOString().slice(11, 23) : '--:--:--.---';
  const about = store && !message.includes(`[${store}]`) ? ` [${store}]` : '';
  const { err } = fields as { readonly err?: { readonly stack?: unknown } };
  const stack = typeof err?.stack === 'string' ? `\n${err.stack}` : '';
  return printable(`${time} ${level.toUpperCase().padEnd(5)} ${message}${about}${stack}`);
}

/** What came with a request must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}--[\n\t]]/gv, '�');
}
