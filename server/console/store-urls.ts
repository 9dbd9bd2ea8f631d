import { origin } from '../tenancy/origin.ts';
import type { StoreSummary } from '../tenancy/resolution.ts';
import type { ResolverSettings } from '../tenancy/resolve.ts';

/** A store's addresses, one a routing mode. */
export interface StoreUrls {
  readonly subdomain: string;
  /** Null when routing by path is off. */
  readonly path: string | null;
  readonly domains: readonly string[];
  readonly dashboard: string;
}

/** @param domains verified and active custom domains */
export function storeUrls(
  store: StoreSummary,
  domains: readonly string[],
  settings: ResolverSettings,
  scheme: string,
  port: number | null,
): StoreUrls {
  const own = origin(scheme, `${store.subdomain}.${settings.platformDomain}`, port);
  return {
    subdomain: `${own}/`,
    path: settings.pathRouting ? `${origin(scheme, settings.platformDomain, port)}/storefront/${store.code}` : null,
    domains: domains.map((domain) => `${origin(scheme, domain, port)}/`),
    dashboard: `${own}/admin/`,
  };
}
