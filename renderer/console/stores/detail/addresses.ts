import type { ListedStore } from '../../../../server/contract/stores.ts';
import { modeLabel } from '../../../shared/format.ts';
import { whyLink } from '../store-links.ts';

/** One way to reach a store. */
export interface Address {
  /** The routing mode in words. */
  readonly mode: string;
  /** What is shown and copied: an address, or a command. */
  readonly text: string;
  /** Where a browser can go; null for what needs a header. */
  readonly href: string | null;
  /** The what-if screen that explains it. */
  readonly why: string;
  /** What must be known to use it. */
  readonly note: string | null;
}

/**
 * Every address of a store, one for each routing mode and custom domain.
 * @param platformUrl of the platform's own host, where the header is looked at
 */
export function addressesOf(store: Pick<ListedStore, 'publicId' | 'urls'>, platformUrl: string): Address[] {
  const { subdomain, path, domains } = store.urls;
  const plain = (mode: string, url: string, note: string | null = null): Address => ({
    mode: modeLabel(mode),
    text: url,
    href: url,
    why: whyLink(url),
    note,
  });
  const api = `${platformUrl}api/v1/storefront/products`;
  return [
    plain('subdomain', subdomain),
    ...(path ? [plain('path_based', path)] : []),
    ...domains.map((domain) => plain('custom_domain', domain, 'Needs the name in DNS or in the hosts file')),
    {
      mode: modeLabel('header'),
      text: `curl -H 'X-Store-ID: ${store.publicId}' ${api}`,
      href: null,
      why: `${whyLink(api)}&storeHeader=${encodeURIComponent(store.publicId)}`,
      note: 'Answers those who are signed in and work for the store',
    },
  ];
}
