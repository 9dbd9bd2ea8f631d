import type { HostsEntry } from '../../contract/names.ts';
import type { BlockEntry } from './markers.ts';

/** What names are made from. */
export interface NamedStore {
  readonly id: number;
  readonly code: string;
  readonly subdomain: string;
  readonly isActive: boolean;
}

export interface NamedDomain {
  readonly storeId: number;
  readonly domain: string;
  readonly isActive: boolean;
  readonly isVerified: boolean;
}

export interface NameSource {
  readonly platformDomain: string;
  readonly stores: readonly NamedStore[];
  readonly domains: readonly NamedDomain[];
}

export type PlatformName = Omit<HostsEntry, 'address'>;

const NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** Tells whether a hosts file can have a name. Source: RFC 1123 §2.1, with `_` as stores' names may have it. */
export function isHostName(name: string): boolean {
  return NAME.test(name) && !/(^|\.)\d+$/.test(name);
}

/**
 * The names that must lead to this server: the platform, its console, every active store's subdomain, and its active and
 * verified domains; each name once. Plain `localhost` is the system's own and never among them.
 */
export function platformNames({ platformDomain, stores, domains }: NameSource): PlatformName[] {
  const names: PlatformName[] = [
    { name: platformDomain, kind: 'platform', store: null },
    { name: `admin.${platformDomain}`, kind: 'admin', store: null },
  ];
  const domainsOf = new Map<number, string[]>();
  for (const { storeId, domain, isActive, isVerified } of domains) {
    if (isActive && isVerified) domainsOf.set(storeId, [...(domainsOf.get(storeId) ?? []), domain]);
  }
  for (const { id, code, subdomain, isActive } of stores) {
    if (!isActive) continue;
    names.push({ name: `${subdomain}.${platformDomain}`, kind: 'subdomain', store: code });
    for (const domain of domainsOf.get(id) ?? []) names.push({ name: domain, kind: 'domain', store: code });
  }
  const seen = new Set(['localhost']);
  return names.filter(({ name }) => {
    if (seen.has(name) || !isHostName(name)) return false;
    seen.add(name);
    return true;
  });
}

/** Lines for names: each on 127.0.0.1 and, where wished, on ::1 as well. */
export function entriesFor(names: readonly PlatformName[], ipv6: boolean): HostsEntry[] {
  const addresses = ipv6 ? (['127.0.0.1', '::1'] as const) : (['127.0.0.1'] as const);
  return names.flatMap(({ name, kind, store }) => addresses.map((address) => ({ name, address, kind, store })));
}

/** Every line that could be ours: names of any store, active or not, and its domains; never the system's own `localhost`. */
export function knownLines({ platformDomain, stores, domains }: NameSource): Set<string> {
  const names = [
    platformDomain,
    `admin.${platformDomain}`,
    ...stores.map(({ subdomain }) => `${subdomain}.${platformDomain}`),
    ...domains.map(({ domain }) => domain),
  ];
  const ours = names.filter((name) => name !== 'localhost');
  return new Set(ours.flatMap((name) => [`127.0.0.1 ${name}`, `::1 ${name}`]));
}

/** Tells whether two lists hold the same lines in the same order. */
export function sameEntries(a: readonly BlockEntry[], b: readonly BlockEntry[]): boolean {
  return (
    a.length === b.length &&
    a.every((entry, index) => entry.name === b[index]?.name && entry.address === b[index]?.address)
  );
}
