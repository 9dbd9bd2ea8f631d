import type { ListedStore } from '../../../server/contract/stores.ts';

/** How a pane's address names the store. */
export type PaneVia = 'subdomain' | 'path';

/** A page of a store, however it is reached. */
interface Place {
  readonly via: PaneVia;
  /** Begins with a slash; may have a query. */
  readonly path: string;
}

/** A page that every storefront has. */
export interface UsualPage {
  readonly label: string;
  readonly path: string;
}

/** @param firstProduct the handle of the store's first product, or null when it has none */
export function usualPages(firstProduct: string | null): readonly UsualPage[] {
  return [
    { label: 'Home', path: '/' },
    { label: 'Products', path: '/products' },
    ...(firstProduct === null ? [] : [{ label: 'First product', path: `/products/${firstProduct}` }]),
  ];
}

/**
 * The path that a text means: a path, or a whole address of which the path counts. It begins with exactly one
 * slash, so it can never lead to another host, and leaves out what names the store.
 */
export function normalizePath(text: string): string {
  const path = text
    .trim()
    .replace(/^https?:\/\/[^/?#]*/i, '')
    .replace(/^\/storefront\/[^/?#]+/, '');
  return `/${path.replace(/^[/\\]+/, '')}`;
}

/** The address a pane shows. */
export function paneAddress(store: ListedStore, { via, path }: Place): string {
  const base = via === 'path' && store.urls.path !== null ? store.urls.path : store.urls.subdomain;
  return base.replace(/\/$/, '') + (path === '/' && via === 'path' ? '' : path);
}

/** False for the pages of a store's host that refuse to be shown in a frame: its dashboard and its API. */
export function isFramable({ via, path }: Place): boolean {
  return via === 'path' || !/^\/(admin|store|dashboard|api)(?=[/?#]|$)/.test(path);
}

/** An address without what every address has. */
export function shortAddress(address: string): string {
  return address.replace(/^https?:\/\//, '');
}
