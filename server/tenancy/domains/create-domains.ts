import { LRUCache } from 'lru-cache';
import type { PlatformDatabase } from '../../database/platform-database.ts';
import { isPublicAddress } from '../../network/dns/address-kinds.ts';
import { nodeResolver } from '../../network/dns/domain-resolver.ts';
import { OTHER_STORES_TOKEN } from '../../network/dns/rehearsal-zone.ts';
import type { StoreDirectory } from '../store-directory.ts';
import type { StoreEvents } from '../store-events.ts';
import type { CertificateFound } from './domain-checks.ts';
import type { DomainTarget } from './domain-records.ts';
import { DomainService } from './domain-service.ts';
import { isReservedName } from './domain-warnings.ts';
import { RehearsalService } from './rehearsal-dns.ts';

export interface CreateDomainsInput {
  readonly platform: PlatformDatabase;
  readonly directory: StoreDirectory;
  readonly events: StoreEvents;
  readonly platformDomain: string;
  readonly isDevelopment: boolean;
  /** Of this server, as the internet sees it; empty: loopback in development, else what the DNS says of the platform. */
  readonly publicAddresses: readonly string[];
  /** Whether this server answers over HTTPS. */
  readonly isHttpsOn: () => boolean;
  /** The certificate that is there for a domain; null where the first visitor over HTTPS brings it about. */
  readonly certificateFor: (domain: string) => Promise<ExistingCertificate | null>;
  readonly onChanged: (what: 'domains' | 'rehearsal') => void;
  /** How long answers of the rehearsal are waited for; a test waits less. */
  readonly rehearsalTimeoutMs?: number;
}

/** A certificate that covers a domain and is valid. */
export interface ExistingCertificate {
  readonly source: 'local' | 'imported';
  /** Milliseconds since 1970. */
  readonly notAfter: number;
}

/** The services of domains, which need each other. */
export interface Domains {
  readonly domains: DomainService;
  readonly rehearsal: RehearsalService;
}

/** As `certificate_pending` plays it. */
const REHEARSED: CertificateFound = {
  verdict: 'waiting',
  message: 'The certificate was asked for and is not there yet (rehearsed).',
  isAwaited: true,
};
const LOOPBACK = ['127.0.0.1', '::1'];
const ADDRESSES_KEPT_MS = 5 * 60 * 1000;
const SITE_TIMEOUT_MS = 800;

export function createDomains(input: CreateDomainsInput): Domains {
  const { platform, directory, events, platformDomain, isDevelopment, onChanged, rehearsalTimeoutMs } = input;
  const target = targetOf(input);
  const rehearsal = new RehearsalService({
    platform,
    platformDomain,
    isDevelopment,
    target,
    find: (domain) => domains.find(domain),
    onChanged: () => onChanged('rehearsal'),
    ...(rehearsalTimeoutMs === undefined ? {} : { timeoutMs: rehearsalTimeoutMs }),
  });
  const domains = new DomainService({
    platform,
    directory,
    events,
    platformDomain,
    target,
    resolver: () => rehearsal.resolver(),
    // In production a domain leads to its old site until it is moved here.
    realSiteAt: isDevelopment ? realSites() : async () => null,
    isStandInToken: (token) => isDevelopment && token === OTHER_STORES_TOKEN,
    certificateOf: async (domain) =>
      (await rehearsal.isCertificatePending(domain)) ? REHEARSED : certificateFound(domain, input),
    onChanged: () => onChanged('domains'),
  });
  return { domains, rehearsal };
}

/** Looks at the certificate of that very domain. */
async function certificateFound(
  domain: string,
  { isHttpsOn, certificateFor }: Pick<CreateDomainsInput, 'isHttpsOn' | 'certificateFor'>,
): Promise<CertificateFound> {
  if (!isHttpsOn())
    return {
      verdict: 'skipped',
      message: 'This server does not offer HTTPS: the shop answers over HTTP alone.',
      isAwaited: false,
    };
  const found = await certificateFor(domain);
  if (!found)
    return {
      verdict: 'waiting',
      message: `There is none for ${domain} yet. This server makes it when the domain is first opened over HTTPS.`,
      isAwaited: false,
    };
  const until = new Date(found.notAfter).toISOString().slice(0, 10);
  const what = found.source === 'imported' ? 'The imported certificate' : 'The certificate of the local authority';
  return { verdict: 'ok', message: `${what} for ${domain} is valid until ${until}.`, isAwaited: false };
}

function targetOf({ isDevelopment, platformDomain, publicAddresses }: CreateDomainsInput): () => Promise<DomainTarget> {
  const isPublicName = platformDomain.includes('.') && !isReservedName(platformDomain);
  const alias = !isDevelopment && isPublicName ? platformDomain : null;
  if (publicAddresses.length > 0) return async () => ({ addresses: publicAddresses, alias });
  if (isDevelopment) return async () => ({ addresses: LOOPBACK, alias });
  const system = nodeResolver('system');
  const known = new LRUCache<string, readonly string[]>({ max: 1, ttl: ADDRESSES_KEPT_MS });
  return async () => {
    const kept = known.get(platformDomain);
    if (kept) return { addresses: kept, alias };
    const [four, six] = await Promise.all([system.resolve4(platformDomain), system.resolve6(platformDomain)]);
    const addresses = [...(four.ok ? four.values : []), ...(six.ok ? six.values : [])];
    known.set(platformDomain, addresses);
    return { addresses, alias };
  };
}

/** Asks the system's DNS, whatever else is rehearsed: only it knows real sites. */
function realSites(): (domain: string) => Promise<string | null> {
  const system = nodeResolver('system', { timeoutMs: SITE_TIMEOUT_MS, tries: 1 });
  const known = new LRUCache<string, { readonly address: string | null }>({ max: 500, ttl: ADDRESSES_KEPT_MS });
  return async (domain) => {
    const kept = known.get(domain);
    if (kept) return kept.address;
    const looked = await system.resolve4(domain);
    const address = looked.ok ? (looked.values.find(isPublicAddress) ?? null) : null;
    known.set(domain, { address });
    return address;
  };
}
