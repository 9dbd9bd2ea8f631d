import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  BACKEND_IDS,
  type BackendId,
  type BackendOverview,
  backendId,
  type SwitchInput,
} from '../contract/backends.ts';
import { AppError, StartupError } from '../errors.ts';
import {
  describeBackends,
  describeConnection,
  describeHistory,
  describeObstacles,
  describePlan,
  describeSwitch,
} from './backend-text.ts';
import { confirm } from './confirm.ts';
import { type ConsoleApi, openConsoleApi } from './console-api.ts';
import { dataDirOf, formatOf } from './context.ts';
import { followSwitch } from './follow-switch.ts';
import { print } from './output.ts';

interface TargetFlags {
  readonly url?: string;
}

interface UseFlags extends TargetFlags {
  readonly dropOld?: boolean;
  readonly yes?: boolean;
}

const URL_HELP = 'a Postgres of your own: postgres://user:password@host/database; `-` reads it from standard input';
const EXAMPLES = `
Examples:
  orion backend list
  orion backend plan postgres/schema
  orion backend use postgres/row --url postgres://orion@db.example/orion
  orion backend use sqlite/database --drop-old --yes`;

/** `orion backend list|show|plan|use|cancel|drop|history`. */
export function addBackendCommands(program: Command): void {
  const backend = program
    .command('backend')
    .description('how stores are kept apart, and moving the platform to another way')
    .addHelpText('after', EXAMPLES);
  const reading = (name: string, description: string, text: Text, part = whole) =>
    backend
      .command(name)
      .description(description)
      .action((_flags: object, command: Command) =>
        withConsole(command, async (api) => {
          const overview = await api.call('backends');
          print(formatOf(command), part(overview), () => text(overview, api.server !== null));
        }),
      );
  reading('list', 'the five backends: which is in force, and which still hold what was there before', describeBackends);
  reading(
    'show',
    'how to reach the data in force with other tools',
    ({ current, connection }, isServed) => describeConnection(current, connection, isServed),
    ({ current, connection }) => ({ current, connection }),
  );
  reading('history', 'the moves that ended', describeHistory, ({ history }) => ({ history }));
  addMoveCommands(backend);
}

/** @param isServed whether a server runs beside this command */
type Text = (overview: BackendOverview, isServed: boolean) => string;

const whole = (overview: BackendOverview): object => overview;

function addMoveCommands(backend: Command): void {
  const target = '<engine/isolation>';
  const targets = `one of ${BACKEND_IDS.join(', ')}`;
  backend
    .command('plan')
    .argument(target, targets)
    .description('what a move would do; nothing is moved')
    .option('--url <url>', URL_HELP)
    .action(planMove);
  backend
    .command('use')
    .argument(target, targets)
    .description('move the platform: copy, compare, then use the new one; Ctrl-C leaves everything as it was')
    .option('--url <url>', URL_HELP)
    .option('--drop-old', 'remove what the old backend holds when the new one is in force')
    .option('--yes', 'do not ask')
    .action(move);
  backend
    .command('cancel')
    .description('cancel the move that runs; the old backend stays in force')
    .action((_flags: object, command: Command) =>
      withConsole(command, async (api) => {
        const status = await api.call('cancelSwitch');
        print(formatOf(command), status, () => describeSwitch(status));
      }),
    );
  backend
    .command('drop')
    .argument(target, targets)
    .description('remove for good what an earlier backend still holds')
    .option('--yes', 'do not ask')
    .action(drop);
}

async function planMove(target: string, flags: TargetFlags, command: Command): Promise<void> {
  const body = moveInput(target, flags);
  await withConsole(command, async (api) => {
    const plan = await api.call('planSwitch', { body });
    print(formatOf(command), plan, () => describePlan(plan));
    if (plan.obstacles.length > 0) process.exitCode = 1;
  });
}

async function move(target: string, flags: UseFlags, command: Command): Promise<void> {
  const body = moveInput(target, flags);
  await withConsole(command, async (api) => {
    const plan = await api.call('planSwitch', { body });
    if (plan.obstacles.length > 0)
      throw new AppError(describeObstacles(plan).join('\n'), { status: 409, code: 'switch_obstacles' });
    if (!flags.yes) await confirm(describePlan(plan), 'Nothing was moved.');
    const status = await followSwitch(api, await api.call('startSwitch', { body }));
    if (status.state === 'done' && flags.dropOld) await dropKept(api, status.from);
    print(formatOf(command), status, () => describeSwitch(status));
    if (status.state !== 'done') process.exitCode = 1;
  });
}

async function drop(target: string, flags: { readonly yes?: boolean }, command: Command): Promise<void> {
  const id = backendNamed(target);
  await withConsole(command, async (api) => {
    if (!flags.yes) await confirm(`This removes what ${id} still holds for good.`, 'Nothing was removed.');
    await dropKept(api, id);
    print(formatOf(command), { dropped: id }, () => `What ${id} held has been removed.`);
  });
}

async function dropKept(api: ConsoleApi, id: BackendId): Promise<void> {
  const [engine = '', isolation = ''] = id.split('/');
  await api.call('dropKeptBackend', { params: { engine, isolation } });
}

function moveInput(target: string, { url }: TargetFlags): SwitchInput {
  const databaseUrl = url === '-' ? readFileSync(0, 'utf8').trim() : url;
  return { to: backendNamed(target), ...(databaseUrl === undefined ? {} : { databaseUrl }) };
}

/** @throws {StartupError} that names the five */
function backendNamed(name: string): BackendId {
  const parsed = backendId.safeParse(name.trim().toLowerCase());
  if (parsed.success) return parsed.data;
  throw new StartupError(`"${name}" is not a backend. There are: ${BACKEND_IDS.join(', ')}.`, 2);
}

async function withConsole(command: Command, work: (api: ConsoleApi) => Promise<void>): Promise<void> {
  const api = await openConsoleApi(dataDirOf(command));
  try {
    await work(api);
  } finally {
    await api.close();
  }
}
