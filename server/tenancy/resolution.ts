import type { Area, RoutingMode, Rung } from '../contract/requests.ts';
import type { StoreLogo } from '../database/platform-tables.ts';
import type { HostKind } from './parse-host.ts';

// Routing modes: platform guide, "The Three Routing Modes"; `header` is from DainoStore.
export { RULES } from '../contract/requests.ts';
export type { Area, RoutingMode, Rung };
export type Rule = Rung['rule'];

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
  readonly logo: StoreLogo | null;
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
  /** One rung a rule, in the order of `RULES`. */
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
