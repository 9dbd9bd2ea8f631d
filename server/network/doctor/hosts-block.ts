import type { Finding } from '../../contract/doctor.ts';
import type { HostsState } from '../../contract/names.ts';
import { about, count } from './finding.ts';

const SYNC = { command: 'orion hosts sync', action: 'hosts-sync' } as const;

/** Says how the hosts file stands to the names of the platform. */
export function checkHostsBlock(state: HostsState): Finding[] {
  return [blockOf(state), ...state.problems.map((problem) => problemOf(problem, state))];
}

function blockOf(state: HostsState): Finding {
  const finding = about('hosts', 'hosts:block', 'Names in the hosts file');
  const details = [state.path];
  if (state.isInStep)
    return finding.ok(
      state.present.length > 0
        ? `${count(state.present.length, 'entry', 'entries')}, in step with the stores.`
        : 'Nothing is written there, and nothing is needed.',
      { details },
    );
  const missing = missingNames(state);
  const stale = staleNames(state);
  const parts = [
    ...(missing.length > 0 ? [`${count(missing.length, 'name')} missing (${some(missing)})`] : []),
    ...(stale.length > 0 ? [`${count(stale.length, 'name')} left over (${some(stale)})`] : []),
  ];
  const rights = state.access === 'needs_rights' ? ' The system will ask for an administrator.' : '';
  return finding.warning(`The file is not in step with the stores: ${parts.join(', ') || 'entries differ'}.`, {
    details,
    fix: { text: `Write the names into the hosts file.${rights}`, ...SYNC },
  });
}

/** Names that must be there and are not. */
export function missingNames({ wanted, present }: Pick<HostsState, 'wanted' | 'present'>): string[] {
  const there = new Set(present.map(({ name, address }) => `${address} ${name}`));
  return [...new Set(wanted.filter(({ name, address }) => !there.has(`${address} ${name}`)).map(({ name }) => name))];
}

function staleNames({ wanted, present }: HostsState): string[] {
  const known = new Set(wanted.map(({ name, address }) => `${address} ${name}`));
  return [...new Set(present.filter(({ name, address }) => !known.has(`${address} ${name}`)).map(({ name }) => name))];
}

function some(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

const NOTES = { note: 'ok', warning: 'warning', failed: 'failed' } as const;

function problemOf({ code, severity, message, fix }: HostsState['problems'][number], { path }: HostsState): Finding {
  const finding = about('hosts', `hosts:${code}`, 'Hosts file');
  return finding[NOTES[severity]](message, { details: [path], ...(fix === null ? {} : { fix: { text: fix } }) });
}
