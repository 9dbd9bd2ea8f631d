import type { ListedStore } from '../../../server/contract/stores.ts';

/** The host of a store's own subdomain, with the port. */
export function hostOf({ urls }: Pick<ListedStore, 'urls'>): string {
  return new URL(urls.subdomain).host;
}

/** The preview screen with this store in it. */
export function previewLink(code: string): string {
  return `/preview?left=${encodeURIComponent(code)}:/`;
}

/** The list of the requests that reached a store. */
export function requestsLink(code: string): string {
  return `/requests?store=${encodeURIComponent(code)}`;
}

/** The what-if screen with an address asked. */
export function whyLink(url: string): string {
  return `/routing?url=${encodeURIComponent(url)}`;
}

/** A tab of a store's page. */
export function storeTabLink(code: string, tab: string): string {
  return `/stores/${encodeURIComponent(code)}?tab=${tab}`;
}

/** The rows of one of a store's tables. */
export function tableLink(code: string, table: string): string {
  return `/stores/${encodeURIComponent(code)}/data/${encodeURIComponent(table)}`;
}
