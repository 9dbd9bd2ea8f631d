import { lookup } from 'node:dns/promises';
import type { Finding } from '../../contract/doctor.ts';
import type { ClientProbe, NameProbe } from '../../contract/names.ts';
import { about, count } from './finding.ts';
import { groupFindings } from './group-findings.ts';

/** Tries the platform's names as each kind of client would; `left` are those that were too many. */
export interface TriedNames {
  readonly probes: readonly NameProbe[];
  readonly left: number;
}

const CLIENTS: Readonly<Record<ClientProbe['client'], string>> = {
  browser: 'Browsers',
  app: 'The app’s own window',
  system: 'Other programs',
  curl: 'curl',
};

/** Says of each name with which clients it works; names that fare the same are one finding. */
export function checkNames({ probes, left }: TriedNames): Finding[] {
  const findings = groupFindings(probes.map(describeProbe));
  if (left <= 0) return findings;
  const rest = about('names', 'names:rest', 'Further names');
  return [...findings, rest.skipped(`${count(left, 'name')} not tried. The Names page tries any of them.`)];
}

/** Where names lead when no server runs that could answer: what the system's resolver says, and what browsers do. */
export async function checkNamesAlone(names: readonly string[]): Promise<Finding[]> {
  const findings = await Promise.all(
    names.map(async (name) => {
      const finding = about('names', `name:${name}`, name);
      const found = await lookup(name, { all: true }).catch(() => []);
      const addresses = found.map(({ address }) => address);
      const listed = addresses.join(', ');
      if (addresses.length > 0 && addresses.every(isHere)) return finding.ok(`Leads to ${listed} for every program.`);
      const fix = { text: 'Write the names into the hosts file.', command: 'orion hosts sync' };
      const more = { fix, details: [`The line for the hosts file: 127.0.0.1 ${name}`] };
      if (addresses.length > 0) return finding.failed(`Leads to ${listed}, which is not this machine.`, more);
      if (name.endsWith('.localhost'))
        return finding.warning('Works in Chrome, Edge and Firefox; not in Safari, curl or other programs.', more);
      return finding.failed('Leads nowhere.', more);
    }),
  );
  return groupFindings(findings);
}

function isHere(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/**
 * A name fails when browsers cannot use it; with other programs alone it is a warning. So it is with a store's own domain,
 * which leads nowhere until somebody says so, while the store answers under its other names.
 */
export function describeProbe({ name, kind, clients }: NameProbe): Finding {
  const finding = about('names', `name:${name}`, name);
  const failing = clients.filter(({ verdict }) => verdict === 'fails');
  const working = clients.filter(({ verdict }) => verdict === 'works');
  const details = clients.map(
    ({ client, verdict, addresses, message }) =>
      `${CLIENTS[client]}: ${verdict}${addresses.length > 0 ? ` (${addresses.join(', ')})` : ''}. ${message}`,
  );
  if (failing.length === 0) {
    if (working.length === 0) return finding.skipped('It is not known who can use this name.', { details });
    return finding.ok(`Works in ${list(working)}.`, { details });
  }
  const isBrowser = failing.some(({ client }) => client === 'browser');
  const message = `Does not work in ${list(failing)}${working.length > 0 ? `; works in ${list(working)}` : ''}.`;
  const isDomain = kind === 'domain';
  const reason = failing.find(({ fix }) => fix !== null && !fix.includes('orion hosts sync'))?.fix;
  const byProxy = isDomain ? ' Or switch the automatic proxy configuration on: it needs no administrator rights.' : '';
  const more = {
    details,
    fix: {
      text: reason ?? `Write the names into the hosts file.${byProxy}`,
      command: 'orion hosts sync',
      action: 'hosts-sync',
    },
  } as const;
  return isBrowser && !isDomain ? finding.failed(message, more) : finding.warning(message, more);
}

function list(clients: readonly ClientProbe[]): string {
  const names = clients.map(({ client }) => {
    const name = CLIENTS[client];
    return client === 'curl' ? name : name.charAt(0).toLowerCase() + name.slice(1);
  });
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
