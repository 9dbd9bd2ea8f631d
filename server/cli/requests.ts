import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ResendInput } from '../contract/inspect.ts';
import type { ListRequestsInput } from '../contract/requests.ts';
import { ROUTING_MODES } from '../contract/requests.ts';
import { StartupError } from '../errors.ts';
import { type ConsoleApi, openConsoleApi } from './console-api.ts';
import { dataDirOf, formatOf } from './context.ts';
import { print } from './output.ts';
import { describeComparison, describeImport, describeList, describeTrace } from './requests-text.ts';

interface ListFlags {
  readonly store?: string;
  readonly status?: string;
  readonly mode?: (typeof ROUTING_MODES)[number];
  readonly method?: string;
  readonly text?: string;
  readonly limit: number;
  readonly all?: true;
}

interface ResendFlags {
  readonly store?: string;
  readonly as?: 'anonymous' | 'store_staff' | 'store_owner';
  readonly mode?: (typeof ROUTING_MODES)[number];
  readonly theme?: string;
  readonly method?: string;
  readonly url?: string;
  readonly header?: readonly string[];
  readonly body?: string;
}

/** What a list leaves out unless all is asked for, as the console does. */
const HIDDEN = { assets: 'hide', console: 'hide' } as const;

/** As many as the server gives at once. */
const MAX_LISTED = 1000;

const EXAMPLES = `
Examples:
  orion requests list --store techstore --status 5xx
  orion requests show 3f0c…
  orion requests resend 3f0c… --store fashion
  orion requests resend 3f0c… --as store_owner --mode header
  orion requests export shop.har --store techstore
  orion requests import browser.har`;

/** `orion requests list|show|resend|export|import`: what the running server has recorded. */
export function addRequestCommands(program: Command): void {
  const requests = program
    .command('requests')
    .description('recorded requests: list, show, send again, export, import')
    .addHelpText('after', EXAMPLES);
  withFilter(requests.command('list').description('the newest recorded requests'))
    .option('--limit <n>', `how many, at most ${MAX_LISTED}`, readLimit, 30)
    .option('--all', 'also the console’s own requests, and files and pictures')
    .action((flags: ListFlags, command: Command) =>
      withServer(command, async (api) => {
        const hidden = flags.all ? {} : HIDDEN;
        const list = await api.call('listRequests', { query: { ...filterOf(flags), ...hidden, limit: flags.limit } });
        print(formatOf(command), list, () => describeList(list));
      }),
    );
  requests
    .command('show')
    .argument('<id>', 'the request’s id, or the beginning of a recent one’s')
    .description('who answered and why, the timeline, and every statement')
    .action((given: string, _flags: object, command: Command) =>
      withServer(command, async (api) => {
        const trace = await api.call('getRequest', { params: { id: await wholeId(api, given) } });
        print(formatOf(command), trace, () => describeTrace(trace));
      }),
    );
  addResendCommand(requests);
  addArchiveCommands(requests);
}

function addResendCommand(requests: Command): void {
  requests
    .command('resend')
    .argument('<id>', 'the request’s id, or the beginning of a recent one’s')
    .description('send a request again, changed or as somebody else, and compare; exit code 1 when the status differs')
    .option('--store <code>', 'the same page of another store')
    .addOption(modeOption('the same page by another way'))
    .addOption(new Option('--as <role>', 'as whom').choices(['anonymous', 'store_staff', 'store_owner']))
    .option('--theme <code>', 'with the theme settings of another store')
    .option('--method <method>', 'another method')
    .option('--url <url>', 'another URL, or another path on the same host')
    .option('--header <name: value>', 'a header instead of the recorded ones; repeatable', collect, undefined)
    .option('--body <text>', 'another body; @FILE reads a file, an empty text sends none')
    .action((given: string, flags: ResendFlags, command: Command) =>
      withServer(command, async (api) => {
        const body = resendInputOf(flags);
        const { comparison } = await api.call('resendRequest', { params: { id: await wholeId(api, given) }, body });
        print(formatOf(command), comparison, () => describeComparison(comparison));
        if (comparison.status.left !== comparison.status.right) process.exitCode = 1;
      }),
    );
}

function addArchiveCommands(requests: Command): void {
  withFilter(requests.command('export').argument('<file>', 'such as shop.har').description('write a HAR 1.2 file'))
    .option('--limit <n>', 'the newest so many; without it all whose details are kept', readLimit)
    .action((file: string, flags: Partial<ListFlags>, command: Command) =>
      withServer(command, async (api) => {
        const limit = flags.limit === undefined ? {} : { limit: flags.limit };
        const archive = await api.call('exportHar', { query: { ...filterOf(flags), ...limit } });
        writeText(file, JSON.stringify(archive));
        const { length } = archive.log.entries;
        print(formatOf(command), { file, entries: length }, () => `${length} requests are in ${file}.`);
      }),
    );
  requests
    .command('import')
    .argument('<file>', 'a HAR file of a browser, or of this program')
    .description('read requests from a HAR file; exit code 1 when an entry could not be read')
    .action((file: string, _flags: object, command: Command) =>
      withServer(command, async (api) => {
        const result = await api.call('importHar', {
          body: readJson(file) as { log: { version: string; entries: [] } },
        });
        print(formatOf(command), result, () => describeImport(result));
        if (result.skipped.length > 0) process.exitCode = 1;
      }),
    );
}

function withFilter(command: Command): Command {
  return command
    .option('--store <code>', 'of one store; "-" for those that reached none')
    .option('--status <status>', 'such as 404 or 5xx')
    .addOption(modeOption('by one routing mode'))
    .option('--method <method>', 'such as POST')
    .option('--text <text>', 'text in method, host or path');
}

/** @throws {InvalidArgumentError} when it is no number of requests */
function readLimit(given: string): number {
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LISTED)
    throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_LISTED}.`);
  return limit;
}

function modeOption(description: string): Option {
  return new Option('--mode <mode>', description).choices([...ROUTING_MODES]);
}

function filterOf({ store, status, mode, method, text }: Partial<ListFlags>): ListRequestsInput {
  const given = { store, status, mode, method, text };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as ListRequestsInput;
}

/** @throws {StartupError} when the file cannot be written */
function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new StartupError(`${file} cannot be written: ${(error as Error).message}`, 2);
  }
}

/** @throws {StartupError} naming the flag that cannot be read */
function resendInputOf({ as, header, body, ...rest }: ResendFlags): ResendInput {
  return {
    ...rest,
    ...(as === undefined ? {} : { role: as }),
    ...(header === undefined ? {} : { headers: Object.fromEntries(header.map(headerOf)) }),
    ...(body === undefined ? {} : { body: bodyOf(body) }),
  };
}

function headerOf(text: string): [string, string] {
  const end = text.indexOf(':');
  if (end < 1) throw new StartupError(`--header "${text}" has no name. Write it as --header 'Accept: text/html'.`, 2);
  return [text.slice(0, end).trim(), text.slice(end + 1).trim()];
}

function bodyOf(text: string): string | null {
  if (text === '') return null;
  return text.startsWith('@') ? readText(text.slice(1)) : text;
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Ids are long: the beginning of one of the newest thousand will do when it is that of one alone. */
async function wholeId(api: ConsoleApi, given: string): Promise<string> {
  if (given.length >= 32) return given;
  // The console's own requests are many: those that a list shows by default must not be pushed out by them.
  const lists = await Promise.all(
    [HIDDEN, {}].map((filter) => api.call('listRequests', { query: { ...filter, limit: MAX_LISTED } })),
  );
  const known = lists.flatMap(({ requests }) => requests.map(({ requestId }) => requestId));
  const ids = [...new Set(known.filter((id) => id.startsWith(given)))];
  if (ids.length > 1) throw new StartupError(`"${given}" is the beginning of ${ids.length} ids. Give more of it.`, 2);
  return ids[0] ?? given;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartupError(`${file} cannot be read: ${(error as Error).message}`, 2);
  }
}

function readJson(file: string): unknown {
  try {
    // Some programs begin their files with a byte order mark.
    return JSON.parse(readText(file).replace(/^\ufeff/, ''));
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`${file} is not a HAR file: ${(error as Error).message}`, 2);
  }
}

/** Requests are in the server's memory: without one there is nothing to show. */
async function withServer(command: Command, work: (api: ConsoleApi) => Promise<void>): Promise<void> {
  const dataDir = dataDirOf(command);
  const api = await openConsoleApi(dataDir);
  try {
    if (!api.server)
      throw new StartupError(
        `No server runs over the data folder ${dataDir}, and requests are recorded by a running server. Start it with: npx orion serve`,
      );
    await work(api);
  } finally {
    await api.close();
  }
}
