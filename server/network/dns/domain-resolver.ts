/**
 * Asks a DNS about domains. Threats: answers may be forged, endless, looped or late, and a name may point into the network
 * of this server. So every answer is bounded in time and size, aliases are followed a few steps only, and what was found
 * is a value to compare, never one to act on.
 */
import { Resolver } from 'node:dns/promises';
import { type FetchedFile, type FetchFileOptions, fetchFile } from './fetch-file.ts';

export type DnsFault =
  | 'timeout'
  /** The name does not exist. */
  | 'not_found'
  /** The name exists, but has no record of this type. */
  | 'no_records'
  | 'server_failure'
  | 'refused'
  /** Aliases that lead back to themselves. */
  | 'loop'
  | 'malformed'
  /** No DNS server could be reached. */
  | 'unreachable';

export type Looked =
  | { readonly ok: true; readonly values: readonly string[] }
  | { readonly ok: false; readonly kind: DnsFault; readonly message: string };

/** What is asked of a DNS. Nothing here throws: not being found is an outcome. */
export interface DomainResolver {
  readonly kind: 'system' | 'rehearsal';
  /** Each record as one text, whatever parts it came in. */
  resolveTxt(name: string): Promise<Looked>;
  resolve4(name: string): Promise<Looked>;
  resolve6(name: string): Promise<Looked>;
  /** Where the name itself is an alias to; one step. */
  resolveCname(name: string): Promise<Looked>;
  /** Gets a small text file by HTTP from where this DNS says that the host is. */
  fetchFile(url: string): Promise<FetchedFile>;
}

export interface NodeDnsOptions {
  /** Instead of the system's, as `127.0.0.1:5353`. */
  readonly servers?: readonly string[];
  /** For the first try of a question; each further one doubles it. */
  readonly timeoutMs?: number;
  readonly tries?: number;
  readonly file?: Pick<FetchFileOptions, 'isPublicOnly' | 'reach' | 'timeoutMs'>;
}

const MAX_ALIASES = 8;
const MAX_VALUES = 50;

type RecordType = 'TXT' | 'A' | 'AAAA' | 'CNAME';

/** A resolver over Node's own DNS client, which asks over UDP, and over TCP when an answer is too long for that. */
export function nodeResolver(kind: DomainResolver['kind'], options: NodeDnsOptions = {}): DomainResolver {
  const { servers, timeoutMs = 2500, tries = 2, file = {} } = options;
  const ask = async (type: RecordType, name: string): Promise<Looked> => {
    // One of its own for each question: a late answer to one cannot hold up another.
    const client = new Resolver({ timeout: timeoutMs, tries });
    if (servers) client.setServers(servers);
    const end = setTimeout(() => client.cancel(), timeoutMs * 2 ** tries);
    try {
      const values = (await ASK[type](client, name)).slice(0, MAX_VALUES);
      // Only an alias came back, without what it leads to.
      return values.length > 0 ? { ok: true, values } : faultOf('ENODATA', type, name, 0);
    } catch (error) {
      return faultOf((error as NodeJS.ErrnoException).code ?? '', type, name, timeoutMs * (2 ** tries - 1));
    } finally {
      clearTimeout(end);
    }
  };
  const follow = async (type: RecordType, name: string): Promise<Looked> => {
    const looked = await ask(type, name);
    if (looked.ok || looked.kind !== 'no_records') return looked;
    return (await loopFrom(name, (alias) => ask('CNAME', alias))) ?? looked;
  };
  const resolver: DomainResolver = {
    kind,
    resolveTxt: (name) => follow('TXT', name),
    resolve4: (name) => follow('A', name),
    resolve6: (name) => follow('AAAA', name),
    resolveCname: (name) => ask('CNAME', name),
    fetchFile: (url) => fetchFile(url, { ...file, addressesOf: (name) => addressesOf(resolver, name) }),
  };
  return resolver;
}

const ASK: Readonly<Record<RecordType, (client: Resolver, name: string) => Promise<string[]>>> = {
  TXT: async (client, name) => (await client.resolveTxt(name)).map((parts) => parts.join('')),
  A: (client, name) => client.resolve4(name),
  AAAA: (client, name) => client.resolve6(name),
  CNAME: (client, name) => client.resolveCname(name),
};

/** The addresses of a host, IPv4 first; the fault of both questions when there are none. */
async function addressesOf(resolver: DomainResolver, name: string): Promise<Looked> {
  const [four, six] = await Promise.all([resolver.resolve4(name), resolver.resolve6(name)]);
  const values = [...(four.ok ? four.values : []), ...(six.ok ? six.values : [])];
  return values.length > 0 || four.ok ? { ok: true, values } : four;
}

/** The fault of aliases that lead in a circle, or on and on; null when they end. */
async function loopFrom(name: string, ask: (alias: string) => Promise<Looked>): Promise<Looked | null> {
  const seen = [name];
  for (let current = name; seen.length <= MAX_ALIASES; ) {
    const looked = await ask(current);
    const next = looked.ok ? looked.values[0]?.toLowerCase() : undefined;
    if (next === undefined) return null;
    if (seen.includes(next))
      return {
        ok: false,
        kind: 'loop',
        message: `The aliases of ${name} lead in a circle: ${[...seen, next].join(' → ')}.`,
      };
    seen.push(next);
    current = next;
  }
  return { ok: false, kind: 'loop', message: `${name} is an alias of an alias, more than ${MAX_ALIASES} times.` };
}

function faultOf(code: string, type: RecordType, name: string, waitedMs: number): Looked {
  const [kind, what] = FAULTS[code] ?? ['malformed', `the DNS answered what cannot be read (${code || 'unknown'})`];
  const waited = kind === 'timeout' ? ` within ${Math.round(waitedMs / 1000)} s` : '';
  return { ok: false, kind, message: `${type} of ${name}: ${what}${waited}.` };
}

/** Source: the error codes of c-ares, Node's DNS client. */
const FAULTS: Readonly<Record<string, readonly [DnsFault, string]>> = {
  ENOTFOUND: ['not_found', 'the name does not exist'],
  ENODATA: ['no_records', 'there is no such record'],
  ETIMEOUT: ['timeout', 'no DNS server answered'],
  ECANCELLED: ['timeout', 'no DNS server answered'],
  ESERVFAIL: ['server_failure', 'the DNS server failed (SERVFAIL)'],
  EREFUSED: ['refused', 'the DNS server refused the question'],
  ENOTIMP: ['refused', 'the DNS server does not know this kind of question'],
  EFORMERR: ['malformed', 'the DNS server could not read the question'],
  EBADRESP: ['malformed', 'the answer cannot be read'],
  EBADNAME: ['malformed', 'this is no name that a DNS can be asked for'],
  ECONNREFUSED: ['unreachable', 'no DNS server can be reached'],
  EDESTRUCTION: ['unreachable', 'the question was given up'],
};
