import type { HostKind } from './parse-host.ts';

/** How a request found its store. Source: platform guide, "The Three Routing Modes"; `header` from DainoStore. */
export type RoutingMode = 'custom_domain' | 'subdomain' | 'path_based' | 'header';

/** What kind of page is asked for. */
export type Area = 'admin' | 'store' | 'storefront' | 'api' | 'platform';

/** The five rules in the order they are tried. */
export const RULES = ['admin', 'custom_domain', 'subdomain', 'path', 'header'] as const;
export type Rule = (typeof RULES)[number];

/** What one rule saw. A rung is recorded for every rule, also for those that were not reached. */
export interface Rung {
  readonly rule: Rule;
  readonly result: 'matched' | 'no_match' | 'refused' | 'not_reached';
  /** The part of the request that the rule looked at. */
  readonly input: string;
  /** The look-up it made, or null. */
  readonly query: string | null;
  /** Whether the look-up was answered from the cache; null when there was none. */
  readonly cached: boolean | null;
  /** Why it won, lost or was not tried, in a sentence. */
  readonly reason: string;
  readonly durationMs: number;
}

/** A store as routing and rendering need it. Frozen, and the same for everyone who asks. */
export interface StoreSummary {
  readonly id: number;
  /** `store_12`: the name used by the `X-Store-ID` header and on disk. */
  readonly publicId: string;
  readonly code: string;
  readonly subdomain: string;
  readonly schemaName: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly currency: string;
  readonly locale: string;
  readonly color: string;
}

/** Why no page can be given, with what the answer needs. */
export type Refusal =
  | { readonly status: 400; readonly code: string; readonly message: string }
  | { readonly status: 404; readonly code: 'store_not_found'; readonly message: string; readonly wanted: string }
  | {
      readonly status: 421;
      readonly code: 'host_unknown' | 'host_is_address' | 'domain_unverified' | 'domain_inactive';
      readonly message: string;
    }
  | { readonly status: 503; readonly code: 'store_inactive'; readonly message: string };

/** The whole decision about a request. */
export interface Resolution {
  readonly outcome: 'admin' | 'store' | 'landing' | 'refused';
  readonly area: Area;
  readonly mode: RoutingMode | null;
  readonly store: StoreSummary | null;
  readonly refusal: Refusal | null;
  /** Lower case, without port; an empty string when the Host was unreadable. */
  readonly hostname: string;
  readonly hostKind: HostKind | null;
  readonly port: number | null;
  readonly originalPath: string;
  /** What the routers see: the path without the part that named the store. */
  readonly cleanPath: string;
  /** What links of this area begin with: empty on a store's own host, `/storefront/{code}` in path mode. */
  readonly basePath: string;
  /** Where the request belongs instead, as path or URL; only for GET and HEAD. */
  readonly redirectTo: string | null;
  /** One rung a rule, in the order of {@link RULES}. */
  readonly ladder: readonly Rung[];
  /** A remark for developers, such as that an old form of a path was used. */
  readonly hint: string | null;
}

/** A look-up's answer and how it came about. */
export interface Found<Value> {
  readonly value: Value;
  readonly query: string;
  readonly cached: boolean;
}

export interface DomainMatch {
  readonly store: StoreSummary;
  readonly isActive: boolean;
  readonly isVerified: boolean;
  readonly isPrimary: boolean;
  /** The store's primary active and verified domain, or null. */
  readonly primaryDomain: string | null;
}

/** What the resolver asks of the outside. Answers may come from a cache. */
export interface StoreLookup {
  byDomain(domain: string): Promise<Found<DomainMatch | null>>;
  bySubdomain(label: string): Promise<Found<StoreSummary | null>>;
  byCode(code: string): Promise<Found<StoreSummary | null>>;
  byPublicId(publicId: string): Promise<Found<StoreSummary | null>>;
}
