/** The same page by another way or of another store. What it gives, the resolver reads back: see its property test. */
import type { RoutingMode } from '../contract/requests.ts';
import { parseOwnHostPath } from '../tenancy/areas.ts';
import type { Resolution, StoreSummary } from '../tenancy/resolution.ts';

/** A page without the store and the way that led to it. */
export interface Page {
  readonly area: 'storefront' | 'store' | 'api';
  /** What the area's router sees, without a slash at its end. */
  readonly cleanPath: string;
}

/** Where a page is asked for. */
export interface PageAddress {
  /** Without port. */
  readonly hostname: string;
  readonly path: string;
  /** The value of `X-Store-ID`, or null for none. */
  readonly storeHeader: string | null;
}

/** What addresses of a store are made of. */
export interface AddressParts {
  readonly platformDomain: string;
  readonly pathRouting: boolean;
  /** A verified and active domain of the store that is not redirected to another, or null. */
  readonly domain: string | null;
}

/** The page that a request reached; null when it reached no store's page. */
export function pageOf(resolution: Pick<Resolution, 'outcome' | 'area' | 'cleanPath' | 'store'>): Page | null {
  const { outcome, area, cleanPath, store } = resolution;
  if (outcome !== 'store' || !store) return null;
  if (area !== 'storefront' && area !== 'store' && area !== 'api') return null;
  return { area, cleanPath: cleanPath.length > 1 && cleanPath.endsWith('/') ? cleanPath.slice(0, -1) : cleanPath };
}

/** Where `page` of `store` is by `mode`; a sentence when there is no such address. */
export function addressOf(
  page: Page,
  store: Pick<StoreSummary, 'code' | 'subdomain' | 'publicId' | 'name'>,
  mode: RoutingMode,
  { platformDomain, pathRouting, domain }: AddressParts,
): PageAddress | string {
  const own = { path: ownHostPath(page), storeHeader: null };
  switch (mode) {
    case 'subdomain':
      return { hostname: `${store.subdomain}.${platformDomain}`, ...own };
    case 'custom_domain':
      if (domain === null)
        return `${store.name} has no verified and active domain. Add one, or choose another routing mode.`;
      return { hostname: domain, ...own };
    case 'path_based':
      if (!pathRouting) return 'Routing by path is switched off (--path-routing).';
      if (page.area === 'api') return 'The API is not reached by path: choose subdomain, custom_domain or header.';
      return { hostname: platformDomain, path: platformPath(page, store.code), storeHeader: null };
    case 'header':
      if (page.area !== 'api') return 'X-Store-ID leads to the API alone: choose another routing mode for pages.';
      return { hostname: platformDomain, path: page.cleanPath, storeHeader: store.publicId };
  }
}

/** The short form, unless it would mean another page: `/shop/…` and `/admin/…` have meanings of their own. */
function ownHostPath({ area, cleanPath }: Page): string {
  if (area === 'api') return cleanPath;
  if (area === 'store') return `/admin${cleanPath}`;
  const short = cleanPath.slice('/storefront'.length) || '/';
  const read = parseOwnHostPath(short);
  return read.area === 'storefront' && read.cleanPath === cleanPath ? short : cleanPath;
}

function platformPath({ area, cleanPath }: Page, code: string): string {
  if (area === 'store') return `/store/${code}${cleanPath}`;
  return `/storefront/${code}${cleanPath.slice('/storefront'.length)}`;
}
