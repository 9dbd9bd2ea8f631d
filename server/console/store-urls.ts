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
  const suffix = port === null ? '' : `:${port}`;
  const origin = `${scheme}://${store.subdomain}.${settings.platformDomain}${suffix}`;
  return {
    subdomain: `${origin}/`,
    path: settings.pathRouting ? `${scheme}://${settings.platformDomain}${suffix}/storefront/${store.code}` : null,
    domains: domains.map((domain) => `${scheme}://${domain}${suffix}/`),
    dashboard: `${origin}/admin/`,
  };
}
