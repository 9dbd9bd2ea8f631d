import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { HostsActionInput, HostsApplied, HostsPlan } from '../contract/names.ts';
import { StartupError } from '../errors.ts';
import { type ConsoleApi, openConsoleApi } from './console-api.ts';
import { dataDirOf, formatOf } from './context.ts';
import { changeFile, type FileChange, planFile } from './hosts-file.ts';
import { appliedInWords, planInWords, stateInWords } from './hosts-text.ts';
import { print } from './output.ts';

/** As many as after a change that needs no rights. */
const MAX_PROBED = 20;

const KEPT_BEFORE =
  'Keep in step was on and is switched off, so that the names do not come back with the next change of a store. The console’s Names page switches it on again.';
const KEPT_NOW = 'Keep in step is on. This action switches it off, so that the names do not come back.';
const COMES_BACK =
  'Keep in step is on: the next change of a store writes the names again. Without --file, orion hosts clean switches it off.';

interface HostsFlags {
  readonly file?: string;
  readonly ipv6?: boolean;
  readonly dryRun?: boolean;
  readonly sudo?: boolean;
}

/** `orion hosts`: the names of the platform in the hosts file of this machine. */
export function addHostsCommands(program: Command): void {
  const hosts = program.command('hosts').description("the stores' names in the hosts file: look, write, take back");
  hosts
    .command('status')
    .description('say how the file stands to the names of the platform, and list its backups')
    .action(async (_flags: object, command: Command) => {
      await withApi(command, async (api) => {
        const state = await api.call('hosts');
        print(formatOf(command), state, () => stateInWords(state));
      });
    });
  addAction(hosts, 'diff', 'show what would change; nothing is written').option(
    '--clean',
    'what removing the names would change',
  );
  withWriteFlags(addAction(hosts, 'sync', 'write the names of the platform into the file'))
    .option('--ipv6', 'also lead every name to ::1, from now on')
    .option('--no-ipv6', 'no longer lead names to ::1');
  withWriteFlags(addAction(hosts, 'clean', 'remove the names from the file; every other line stays as it is'));
  withWriteFlags(change(hosts, 'undo', 'take the last change back'));
  withWriteFlags(
    hosts
      .command('restore')
      .argument('<backup>', 'as "orion hosts status" lists it')
      .description('put a backup of the whole file back')
      .action((backup: string, flags: HostsFlags, command: Command) =>
        applyAction(command, { action: 'restore', backup }, flags),
      ),
  );
}

type Action = 'diff' | 'sync' | 'clean' | 'undo';

function addAction(hosts: Command, action: Action, description: string): Command {
  return change(hosts, action, description).option('--file <file>', 'another hosts file, written as this user');
}

function change(hosts: Command, action: Action, description: string): Command {
  return hosts
    .command(action)
    .description(description)
    .action((flags: HostsFlags & { readonly clean?: boolean }, command: Command) => {
      if (action === 'diff')
        return applyAction(command, { action: flags.clean ? 'clean' : 'sync' }, { ...flags, dryRun: true });
      return applyAction(command, { action }, flags);
    });
}

function withWriteFlags(command: Command): Command {
  return command
    .option('--dry-run', 'show what would change; nothing is written')
    .option('--sudo', 'run the command that needs administrator rights, instead of printing it');
}

async function applyAction(command: Command, input: HostsActionInput, flags: HostsFlags): Promise<void> {
  await withApi(command, async (api) => {
    const { action } = input;
    if (
      (action === 'sync' || action === 'clean') &&
      (flags.file !== undefined || (flags.dryRun && flags.ipv6 !== undefined))
    ) {
      const state = await api.call('hosts');
      return applyToFile(
        command,
        { action, file: flags.file ?? state.path, dataDir: dataDirOf(command), state, ipv6: flags.ipv6 },
        flags,
      );
    }
    // A change on purpose switches it off, also where the file has nothing to lose: else the names would come back.
    const isKept = action !== 'sync' && (await api.call('hosts')).settings.keepInStep;
    if (flags.ipv6 !== undefined && !flags.dryRun) await api.call('changeHosts', { body: { ipv6: flags.ipv6 } });
    const plan = await api.call('planHosts', { body: input });
    const note = isKept ? (flags.dryRun ? KEPT_NOW : KEPT_BEFORE) : null;
    if (flags.dryRun || (!plan.changes && !isKept)) return printPlan(command, plan, note);
    const applied = await api.call('applyHosts', { body: { ...input, expected: plan.expected } });
    if (!plan.changes) return printPlan(command, plan, note);
    if (applied.isDone) return printApplied(command, { plan, applied, note });
    await elevate(command, { plan, applied, note, api, runs: flags.sudo === true });
  });
}

async function applyToFile(command: Command, change: FileChange, { dryRun }: HostsFlags): Promise<void> {
  const plan = dryRun ? await planFile(change) : await changeFile(change);
  if (plan.problems.some(({ severity }) => severity === 'failed')) process.exitCode = 1;
  const { action, state } = change;
  const comesBack = action === 'clean' && state.settings.keepInStep && plan.path === state.path;
  print(formatOf(command), plan, () =>
    [
      planInWords(plan),
      ...(dryRun || !plan.changes ? [] : ['It is written; a backup is kept.']),
      ...(comesBack ? [COMES_BACK] : []),
    ].join('\n'),
  );
}

/** What was done, in what is printed. */
interface Applied {
  readonly plan: HostsPlan;
  readonly applied: HostsApplied;
  readonly note: string | null;
}

interface Elevating extends Applied {
  readonly api: ConsoleApi;
  /** Whether to run the command here. */
  readonly runs: boolean;
}

/** Prints the command that needs administrator rights, or runs it. */
async function elevate(command: Command, { plan, applied, note, api, runs }: Elevating): Promise<void> {
  const { elevation } = applied;
  if (!elevation) throw new StartupError('Nothing was written, and there is no command that could.');
  if (!runs) {
    print(formatOf(command), applied, () =>
      [
        planInWords(plan),
        '',
        'Nothing is written yet. It needs administrator rights; run this, or add --sudo:',
        elevation.command,
        ...(note === null ? [] : ['', note]),
      ].join('\n'),
    );
    process.exitCode = 1;
    return;
  }
  if (process.platform === 'win32')
    throw new StartupError(`Windows has no sudo. In a terminal that was opened as administrator: ${elevation.command}`);
  const { code, cacheFlush } = await runInShell(elevation.command);
  const state = await api.call('hosts');
  if (code !== 0 || state.hash === (plan.expected === 'none' ? null : plan.expected))
    throw new StartupError(`${plan.path} was not changed: the command ended with ${code}.`);
  const names = [...new Set(state.wanted.map(({ name }) => name))].slice(0, MAX_PROBED);
  const { probes } = await api.call('probeNames', { body: { names } });
  printApplied(command, { plan, applied: { isDone: true, elevation: null, state, cacheFlush, probes }, note });
}

/** What became of the helper's run. */
interface HelperRun {
  readonly code: number;
  /** What it did to the system's cache of names; null when there is none. */
  readonly cacheFlush: string | null;
}

/** Runs a command that the server has quoted for a shell; the person may be asked for a password. */
async function runInShell(line: string): Promise<HelperRun> {
  // What the helper prints is for programs.
  const child = spawn(line, { shell: true, stdio: ['inherit', 'pipe', 'inherit'] });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const [code, printed] = await Promise.all([ended, text(child.stdout)]);
  return { code, cacheFlush: cacheFlushIn(printed) };
}

function cacheFlushIn(printed: string): string | null {
  try {
    return (JSON.parse(printed) as { readonly cacheFlush?: string | null }).cacheFlush ?? null;
  } catch {
    return null;
  }
}

function printPlan(command: Command, plan: HostsPlan, note: string | null): void {
  print(formatOf(command), plan, () => [planInWords(plan), ...(note === null ? [] : [note])].join('\n'));
}

function printApplied(command: Command, { plan, applied, note }: Applied): void {
  print(formatOf(command), applied, () =>
    [planInWords({ ...plan, problems: [] }), '', appliedInWords(applied), ...(note === null ? [] : ['', note])].join(
      '\n',
    ),
  );
}

async function withApi(command: Command, work: (api: ConsoleApi) => Promise<unknown>): Promise<void> {
  const api = await openConsoleApi(dataDirOf(command));
  try {
    await work(api);
  } finally {
    await api.close();
  }
}
