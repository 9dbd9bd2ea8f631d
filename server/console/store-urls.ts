import type { ListedStore } from '../contract/stores.ts';
import { origin } from '../tenancy/origin.ts';
import type { ResolverSettings } from '../tenancy/resolve.ts';

/** A store's addresses, one a routing mode. */
export type StoreUrls = ListedStore['urls'];

/** @param domains verified and active custom domains */
export function storeUrls(
  store: Pick<ListedStore, 'code' | 'subdomain'>,
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
