/** The hosts file in words, for the terminal. */
import type { HostsApplied, HostsPlan, HostsProblem, HostsState } from '../contract/names.ts';
import { table } from './output.ts';

/** What an action would change. */
export function planInWords(plan: HostsPlan): string {
  const lines = plan.diff.map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]} ${text}`);
  const isWell = plan.problems.every(({ severity }) => severity !== 'failed');
  const head = plan.changes
    ? `${plan.path}: ${countOf(plan.added)} added, ${countOf(plan.removed)} removed`
    : `${plan.path} ${isWell ? 'is as it should be' : 'would not change'}.`;
  return [head, ...lines, ...problemLines(plan.problems)].join('\n');
}

/** What was done, and how the changed names fare. */
export function appliedInWords({ state, cacheFlush, probes }: HostsApplied): string {
  const rows = probes.map(({ name, clients }) => [name, ...clients.map(({ verdict }) => verdict)]);
  const clients = probes[0]?.clients.map(({ client }) => client.toUpperCase()) ?? [];
  return [
    `${state.path} is written; a backup is kept.`,
    ...(cacheFlush === null ? [] : [cacheFlush]),
    ...(rows.length === 0 ? [] : ['', table(['NAME', ...clients], rows)]),
  ].join('\n');
}

/** How the file stands. */
export function stateInWords(state: HostsState): string {
  const { settings, lastChange } = state;
  const present = new Set(state.present.map(({ name, address }) => `${address} ${name}`));
  const rows = state.wanted.map(({ name, address, kind, store }) => [
    name,
    address,
    store ?? kind,
    present.has(`${address} ${name}`) ? 'in the file' : 'missing',
  ]);
  const on = (isOn: boolean) => (isOn ? 'on' : 'off');
  return [
    `${state.path}: ${state.isInStep ? 'in step' : 'out of step'}, ${accessWords[state.access]}`,
    `keep in step ${on(settings.keepInStep)}, ::1 ${on(settings.ipv6)}, remove on stop ${on(settings.removeOnStop)}`,
    ...(lastChange
      ? [
          `last change: ${lastChange.action}, ${new Date(lastChange.at).toLocaleString()}${lastChange.canUndo ? ' (orion hosts undo takes it back)' : ''}`,
        ]
      : []),
    ...state.otherFiles.map(
      ({ path, label, isInStep }) =>
        `${path} (${label}): ${isInStep === null ? 'not readable' : isInStep ? 'in step' : 'out of step'}`,
    ),
    ...problemLines(state.problems),
    '',
    table(['NAME', 'ADDRESS', 'OF', ''], rows),
    ...(state.backups.length === 0
      ? []
      : [
          '',
          table(
            ['BACKUP', 'MADE', 'BEFORE'],
            state.backups.map(({ id, at, reason }) => [id, new Date(at).toLocaleString(), reason]),
          ),
        ]),
  ].join('\n');
}

const accessWords: Readonly<Record<HostsState['access'], string>> = {
  writable: 'this user may write it',
  needs_rights: 'needs administrator rights',
  blocked: 'cannot be written',
};

function problemLines(problems: readonly HostsProblem[]): string[] {
  return problems.flatMap(({ severity, message, fix }) => [
    `${severity}: ${message}`,
    ...(fix === null ? [] : [`  ${fix}`]),
  ]);
}

function countOf(names: number): string {
  return names === 1 ? '1 name' : `${names} names`;
}
