import { readFile, writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import junit, { type Builder } from 'junit-report-builder';
import type { RouteCheckFile, RouteCheckReport, RouteCheckResult, RouteTable } from '../contract/routing.ts';
import { ROUTE_STATES, routeCheckFile } from '../contract/routing.ts';
import { StartupError } from '../errors.ts';
import { openConsoleApi } from './console-api.ts';
import { dataDirOf, formatOf } from './context.ts';
import { print, table } from './output.ts';

interface CheckFlags {
  readonly junit?: string;
}

interface ListFlags {
  readonly state?: (typeof ROUTE_STATES)[number] | 'problem';
}

/** `orion routes list` and `orion routes check FILE`, which exits with 1 when a URL leads elsewhere. */
export function addRoutesCommands(program: Command): void {
  const routes = program.command('routes').description('every host and path pattern, and checks of where URLs lead');
  routes
    .command('list')
    .argument('[text]', 'text in host, path, store or owner')
    .description('list the patterns; collisions and shadowed ones are marked')
    .addOption(new Option('--state <state>', 'only such patterns').choices(['problem', ...ROUTE_STATES]))
    .action(async (text: string | undefined, { state }: ListFlags, command: Command) => {
      const query = { ...(text ? { text } : {}), ...(state ? { state } : {}) };
      const found = await withApi(command, (api) => api.call('routes', { query }));
      print(formatOf(command), found, () => listText(found));
    });
  routes
    .command('check')
    .argument('<file>', 'a file as the console’s Routing screen saves it')
    .description('check where URLs lead; exit code 1 when one leads elsewhere')
    .option('--junit <file>', 'also write a JUnit report')
    .action(async (file: string, flags: CheckFlags, command: Command) => {
      const body = await readChecks(file);
      const report = await withApi(command, (api) => api.call('checkRoutes', { body }));
      if (flags.junit) await writeReport(flags.junit, report);
      print(formatOf(command), report, () => reportText(report));
      if (report.failed > 0) process.exitCode = 1;
    });
}

async function withApi<Result>(
  command: Command,
  work: (api: Awaited<ReturnType<typeof openConsoleApi>>) => Promise<Result>,
): Promise<Result> {
  const api = await openConsoleApi(dataDirOf(command));
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}

/** @throws {StartupError} exit code 2, with what is wrong with the file */
async function readChecks(file: string): Promise<RouteCheckFile> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StartupError(
      `${file} cannot be read: ${error.code === 'ENOENT' ? 'it is not there' : error.message}.`,
      2,
    );
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new StartupError(
      `${file} is not a file of checks, as the console’s Routing screen saves it: ${(error as Error).message}`,
      2,
    );
  }
  const parsed = routeCheckFile.safeParse(content);
  if (parsed.success && parsed.data.checks.length === 0)
    throw new StartupError(`${file} holds no checks. Save some on the console’s Routing screen first.`, 2);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'file', message }));
  throw new StartupError(
    `${file} is not a list of checks. It looks like {"version":1,"checks":[{"url":"…","store":"techstore"}]}.`,
    2,
    faults,
  );
}

async function writeReport(file: string, report: RouteCheckReport): Promise<void> {
  // Its types say that the module holds the builder under `default`; in Node the module is the builder.
  const builder = (junit as unknown as Builder).newBuilder();
  const suite = builder
    .testSuite()
    .name('orion routes')
    .time(Math.round(report.durationMs) / 1000);
  for (const result of report.results) {
    const { url, method = 'GET' } = result.check;
    const test = suite.testCase().className('routes').name(`${method} ${url}`);
    if (!result.isAsExpected) test.failure(whyNot(result));
  }
  await writeFile(file, builder.build()).catch((error: Error) => {
    throw new StartupError(`The report ${file} cannot be written: ${error.message}`);
  });
}

function whyNot({ fault, differences, resolution }: RouteCheckResult): string {
  const winner = resolution?.ladder.find(({ result }) => result === 'matched' || result === 'refused');
  return [fault, ...differences, winner ? `decided by ${winner.rule}: ${winner.reason}` : null]
    .filter((line) => line !== null)
    .join('\n');
}

function reportText({ results, passed, failed }: RouteCheckReport): string {
  const lines = results.map((result) => {
    const { url, method = 'GET' } = result.check;
    const line = `${result.isAsExpected ? 'ok    ' : 'FAILED'}  ${method} ${url}`;
    return result.isAsExpected ? line : `${line}\n${whyNot(result).replace(/^/gm, '          ')}`;
  });
  return [...lines, '', `${passed} as expected, ${failed} not`].join('\n');
}

function listText({ rows, total, storesLeftOut }: RouteTable): string {
  if (rows.length === 0) return 'No pattern matches.';
  const cells = rows.map((row) => [
    row.state,
    row.rule,
    row.host + row.path,
    row.store?.code ?? '-',
    row.owner,
    row.reason ?? '',
  ]);
  const left = [
    total > rows.length ? `${total - rows.length} more match; a text narrows them down.` : null,
    storesLeftOut > 0 ? `${storesLeftOut} stores were not looked at; a text narrows them down.` : null,
  ].filter((line) => line !== null);
  return [table(['STATE', 'RULE', 'PATTERN', 'STORE', 'ANSWERED BY', 'WHY'], cells), ...left].join('\n');
}
