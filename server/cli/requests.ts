import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { ResendInput } from '../contract/inspect.ts';
import { StartupError } from '../errors.ts';
import type { ConsoleApi } from './console-api.ts';
import { formatOf } from './context.ts';
import { print } from './output.ts';
import { addArchiveCommands } from './requests-archive.ts';
import {
  type FilterFlags,
  filterOf,
  MAX_LISTED,
  modeOption,
  readLimit,
  refuseEmpty,
  requireStore,
  withFilter,
  withServer,
} from './requests-filter.ts';
import { describeComparison, describeList, describeTrace } from './requests-text.ts';

interface ListFlags extends FilterFlags {
  readonly limit: number;
  readonly all?: true;
}

interface ResendFlags {
  readonly store?: string;
  readonly as?: 'anonymous' | 'store_staff' | 'store_owner';
  readonly mode?: NonNullable<FilterFlags['mode']>;
  readonly theme?: string;
  readonly method?: string;
  readonly url?: string;
  readonly header?: readonly string[];
  readonly body?: string;
}

/** What a list leaves out unless all is asked for, as the console does. */
const HIDDEN = { assets: 'hide', console: 'hide' } as const;

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
        if (list.total === 0) await requireStore(api.server, flags.store);
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

/** @throws {StartupError} naming the flag that cannot be read */
function resendInputOf({ as, header, body, ...rest }: ResendFlags): ResendInput {
  refuseEmpty(rest);
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
  if (given.trim() === '') throw new StartupError('The id is empty. orion requests list shows the ids.', 2);
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
