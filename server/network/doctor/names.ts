import type { Finding } from '../../contract/doctor.ts';
import type { ClientProbe, NameProbe } from '../../contract/names.ts';
import { about, count } from './finding.ts';

/** Tries names as each kind of client would; without names, every name of the platform (with a limit). */
export interface NameProber {
  probe(names?: readonly string[]): Promise<readonly NameProbe[]>;
}

const CLIENTS: Readonly<Record<ClientProbe['client'], string>> = {
  browser: 'Browsers',
  app: 'The app’s own window',
  system: 'Other programs',
  curl: 'curl',
};

/** Says of each name with which clients it works. */
export async function checkNames(prober: NameProber): Promise<Finding[]> {
  const probes = await prober.probe();
  return probes.map(describeProbe);
}

/** A name fails when browsers cannot use it; with other programs alone it is a warning. */
export function describeProbe({ name, clients }: NameProbe): Finding {
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
  const fixText = failing.find(({ fix }) => fix !== null)?.fix ?? null;
  const more = {
    details,
    fix: { text: fixText ?? 'Write the names into the hosts file.', command: 'orion hosts sync', action: 'hosts-sync' },
  } as const;
  return isBrowser ? finding.failed(message, more) : finding.warning(message, more);
}

function list(clients: readonly ClientProbe[]): string {
  const names = clients.map(({ client }) => {
    const name = CLIENTS[client];
    return client === 'curl' ? name : name.charAt(0).toLowerCase() + name.slice(1);
  });
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** What is said in place of the names when nobody can try them. */
export function namesNotTried(names: number): Finding {
  return about('names', 'names:all', 'Names').skipped(
    `${count(names, 'name')} could not be tried without a running server.`,
  );
}
