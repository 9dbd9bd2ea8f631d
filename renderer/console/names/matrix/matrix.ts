import type { ClientProbe, NameProbe } from '../../../../server/contract/names.ts';
import { count } from '../../../shared/format.ts';

type Client = ClientProbe['client'];

/** The clients in the order of the columns: how each is called there, and within a sentence. */
export const CLIENTS: readonly { readonly client: Client; readonly label: string; readonly inSentence: string }[] = [
  { client: 'browser', label: 'Browser', inSentence: 'browsers' },
  { client: 'app', label: 'This app', inSentence: 'this app' },
  { client: 'system', label: 'Other programs', inSentence: 'other programs' },
  { client: 'curl', label: 'curl', inSentence: 'curl' },
];

/** What a name is, in words. */
export const KINDS: Readonly<Record<NameProbe['kind'], string>> = {
  platform: 'Platform',
  admin: 'Console',
  subdomain: 'Subdomain',
  domain: 'Own domain',
};

export interface MatrixSummary {
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly title: string;
  /** Names with at least one client that fails. */
  readonly failing: number;
}

/** All names in one line: everything works, or how many do not and for whom. */
export function summaryOf(probes: readonly NameProbe[]): MatrixSummary {
  if (probes.length === 0) return { tone: 'plain', title: 'There is no name to try yet', failing: 0 };
  const names = count(probes.length, 'name');
  const failing = probes.filter(({ clients }) => clients.some(({ verdict }) => verdict === 'fails'));
  if (failing.length > 0) {
    const fails = failing.flatMap(({ clients }) => clients.filter(({ verdict }) => verdict === 'fails'));
    const areLost = fails.every(({ addresses }) => addresses.length === 0);
    const [worst, ...others] = byCount(probes);
    const does = worst?.names === 1 ? 'does' : 'do';
    const rest = others.map(({ names, clients }) => `${names} for ${listed(clients)}`);
    const what = `${does} not ${areLost ? 'resolve' : 'work'} for ${listed(worst?.clients ?? [])}`;
    return {
      tone: 'warn',
      title: [`${countOf(worst?.names ?? 0, probes.length)} ${what}`, ...rest].join(', '),
      failing: failing.length,
    };
  }
  const unknown = probes.flatMap(({ clients }) => clients.filter(({ verdict }) => verdict === 'unknown'));
  if (unknown.length === 0) return { tone: 'good', title: `${all(probes.length, names)} in every client`, failing: 0 };
  return {
    tone: 'good',
    title: `${all(probes.length, names)} wherever tried; ${clientsIn(unknown)} could not be asked about each`,
    failing: 0,
  };
}

function countOf(failing: number, total: number): string {
  return failing === total ? count(failing, 'name') : `${failing} of ${count(total, 'name')}`;
}

function all(number: number, names: string): string {
  return number === 1 ? 'The one name works' : `All ${names} work`;
}

/** Clients by how many names fail for them, most first; those with the same number together. */
function byCount(probes: readonly NameProbe[]): readonly { readonly names: number; readonly clients: string[] }[] {
  const groups = new Map<number, string[]>();
  for (const { client, inSentence } of CLIENTS) {
    const fails = (one: ClientProbe) => one.client === client && one.verdict === 'fails';
    const names = probes.filter(({ clients }) => clients.some(fails)).length;
    if (names > 0) groups.set(names, [...(groups.get(names) ?? []), inSentence]);
  }
  return [...groups].map(([names, clients]) => ({ names, clients })).toSorted((one, other) => other.names - one.names);
}

function clientsIn(probes: readonly ClientProbe[]): string {
  return listed(
    CLIENTS.filter(({ client }) => probes.some((probe) => probe.client === client)).map(({ inSentence }) => inSentence),
  );
}

/** `browsers, other programs and curl`. */
function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The names whose name, kind or store has the text. */
export function findNames(probes: readonly NameProbe[], text: string): readonly NameProbe[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return probes;
  return probes.filter(({ name, kind, store }) =>
    [name, KINDS[kind], store ?? ''].some((one) => one.toLowerCase().includes(wanted)),
  );
}

/** Where a name is opened: what a client asked, or the name itself on this server's port. */
export function addressOfName({ name, clients }: NameProbe, port: string): string {
  const asked = clients.find(({ http }) => http?.isOurs)?.http?.url;
  // What was asked is a small page that only says that the server is there.
  if (asked) return `${new URL(asked).origin}/`;
  return `http://${name}${port === '' ? '' : `:${port}`}/`;
}
