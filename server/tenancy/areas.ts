import type { Area } from './resolution.ts';

/** The area of a path and what the area's router sees of it. */
export interface AreaPath {
  readonly area: Area;
  readonly cleanPath: string;
  /** What links inside the area begin with on this host. */
  readonly basePath: string;
}

/** A path of the platform host that names a store. */
export interface StorePath {
  readonly area: Area;
  readonly cleanPath: string;
  /** What stands before the code in the canonical path. */
  readonly prefix: '/storefront' | '/store';
  /** As written: letter case and encoding are not settled yet. */
  readonly code: string;
  /** What follows the code; begins with a slash. */
  readonly rest: string;
  readonly isAlias: boolean;
}

/** True when `path` is `prefix` or lies below it; whole segments only. */
export function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

/**
 * Reads a store from a path of the platform host. Longest forms first:
 * `/stores/{code}/shop` and `/stores/{code}/storefront` are aliases of `/storefront/{code}`;
 * `/store/{code}` is always the dashboard. Source: features.md 1h C1, C13, C14.
 */
export function parseStorePath(path: string): StorePath | null {
  const alias = /^\/stores\/([^/]+)\/(?:shop|storefront)(\/.*)?$/.exec(path);
  if (alias) return storefrontPath(alias[1] ?? '', alias[2] ?? '/', true);
  const storefront = /^\/storefront\/([^/]+)(\/.*)?$/.exec(path);
  if (storefront) return storefrontPath(storefront[1] ?? '', storefront[2] ?? '/', false);
  const dashboard = /^\/store\/([^/]+)(\/.*)?$/.exec(path);
  if (!dashboard) return null;
  const rest = dashboard[2] ?? '/';
  return { area: 'store', cleanPath: rest, prefix: '/store', code: dashboard[1] ?? '', rest, isAlias: false };
}

function storefrontPath(code: string, rest: string, isAlias: boolean): StorePath {
  const cleanPath = rest === '/' ? '/storefront' : `/storefront${rest}`;
  return { area: 'storefront', cleanPath, prefix: '/storefront', code, rest, isAlias };
}

/**
 * The area of a path on a store's own host. Inside, every storefront page is below `/storefront`;
 * `/`, `/products` and `/shop/products` are other names for the same pages. Source: features.md 1h C3.
 */
export function parseOwnHostPath(path: string): AreaPath {
  if (isBelow(path, '/api')) return { area: 'api', cleanPath: path, basePath: '' };
  for (const prefix of ['/admin', '/store', '/dashboard']) {
    if (!isBelow(path, prefix)) continue;
    const rest = prefix === '/dashboard' ? path : path.slice(prefix.length) || '/';
    return { area: 'store', cleanPath: rest, basePath: '/admin' };
  }
  for (const prefix of ['/storefront', '/shop']) {
    if (isBelow(path, prefix))
      return {
        area: 'storefront',
        cleanPath: withoutEndSlash(`/storefront${path.slice(prefix.length)}`),
        basePath: '',
      };
  }
  return { area: 'storefront', cleanPath: withoutEndSlash(`/storefront${path}`), basePath: '' };
}

function withoutEndSlash(path: string): string {
  return path.endsWith('/') && path.length > 1 ? path.slice(0, -1) : path;
}
