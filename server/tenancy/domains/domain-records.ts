import type { DnsRecord } from '../../contract/domains.ts';
import type { StoreDomainRecord } from '../../database/platform-tables.ts';
import { zoneOf } from './domain-name.ts';
import { TXT_LABEL, txtValueOf } from './domain-token.ts';

/** Where domains have to point, for visitors to arrive at this server. */
export interface DomainTarget {
  /** Of this server; empty when nobody knows. */
  readonly addresses: readonly string[];
  /** The platform's public name, for domains that can be an alias of it; null when it has none. */
  readonly alias: string | null;
}

/** A domain and, when the same store has it too, its twin with or without `www.`. */
export interface DomainPair {
  readonly row: StoreDomainRecord;
  readonly twin: StoreDomainRecord | null;
}

const TTL_SECONDS = 3600;

/**
 * The one of a pair whose TXT record proves both: the name without `www.`. Who can enter records there, can enter them for
 * `www.` as well; the other way round it need not be so.
 */
export function proofOf({ row, twin }: DomainPair): StoreDomainRecord {
  return twin && row.domain === `www.${twin.domain}` ? twin : row;
}

/** Where the TXT record of a pair stands. */
export function txtNameOf(pair: DomainPair): string {
  return `${TXT_LABEL}.${proofOf(pair).domain}`;
}

/** Everything that is entered at the registrar, for both names of a pair. */
export function recordsOf(pair: DomainPair, target: DomainTarget): DnsRecord[] {
  const base = proofOf(pair);
  const zone = zoneOf(base.domain);
  const record = (
    type: DnsRecord['type'],
    name: string,
    value: string,
    purpose: string,
    isRequired = true,
  ): DnsRecord => ({
    type,
    host: hostIn(zone, name),
    name,
    value,
    ttl: TTL_SECONDS,
    purpose,
    isRequired,
  });
  const txt = record('TXT', txtNameOf(pair), txtValueOf(base.verificationToken), 'Proves that the domain is yours.');
  const leads = `Leads ${base.domain} to the shop`;
  const alias = base.domain === zone ? null : target.alias;
  const hasOther = target.addresses.some((address) => !address.includes(':'));
  const points = alias
    ? [record('CNAME', base.domain, alias, `${leads}.`)]
    : target.addresses.map((address) =>
        address.includes(':')
          ? record('AAAA', base.domain, address, `${leads} over IPv6.`, !hasOther)
          : record('A', base.domain, address, `${leads}.`),
      );
  const www = pair.twin
    ? [record('CNAME', `www.${base.domain}`, base.domain, 'Leads visitors who type www to the same shop.')]
    : [];
  return [txt, ...points, ...www];
}

/** As registrars want it, relative to the zone. */
function hostIn(zone: string, name: string): string {
  return name === zone ? '@' : name.slice(0, -zone.length - 1);
}
