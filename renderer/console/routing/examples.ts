import type { ListedStore } from '../../../server/contract/stores.ts';
import type { WhatIf } from './what-if.ts';

/** A question to start from. */
export interface Example {
  readonly title: string;
  readonly asks: WhatIf;
}

export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly Example[];
}

interface Platform {
  readonly platformDomain: string;
  readonly port: number;
}

/** Questions about the stores there are: ways that lead to one, and ways that must not. */
export function exampleGroups(stores: readonly ListedStore[], platform: Platform): readonly ExampleGroup[] {
  return [
    { title: 'Ways to a store', examples: waysToStore(stores, platform) },
    { title: 'Ways that must not lead to one', examples: refusedWays(stores, platform) },
  ].filter(({ examples }) => examples.length > 0);
}

function waysToStore(stores: readonly ListedStore[], platform: Platform): readonly Example[] {
  const [store] = stores;
  if (!store) return [];
  const domain = stores.flatMap(({ urls }) => urls.domains)[0];
  return [
    example('Its own host name', `${store.urls.subdomain}products`),
    ...(store.urls.path === null ? [] : [example('A path of the platform', `${store.urls.path}/products`)]),
    ...(domain === undefined ? [] : [example('A domain of its own', domain)]),
    example('X-Store-ID on the API', `${platformUrl(platform)}api/v1/storefront/products`, store.publicId),
    example('Its dashboard', store.urls.dashboard),
  ];
}

function refusedWays(stores: readonly ListedStore[], platform: Platform): readonly Example[] {
  const [store, other] = stores;
  const host = store ? new URL(store.urls.subdomain).hostname : platform.platformDomain;
  const label = store?.subdomain ?? 'shop';
  return [
    example(
      store ? 'A misspelt name' : 'A name without a store',
      platformUrl(platform, `${misspelt(label, stores)}.${platform.platformDomain}`),
    ),
    example('A name that only looks alike', platformUrl(platform, `${host}.evil.example`)),
    example('An address instead of a name', platformUrl(platform, '127.0.0.1')),
    ...(store && other ? [example('A header that contradicts the host', store.urls.subdomain, other.publicId)] : []),
  ];
}

function example(title: string, url: string, storeHeader = ''): Example {
  return { title, asks: { url, method: 'GET', host: '', storeHeader } };
}

function platformUrl({ platformDomain, port }: Platform, host = platformDomain): string {
  return `http://${host}${port === 80 ? '' : `:${port}`}/`;
}

/** A name close to a store's that no store has. */
function misspelt(label: string, stores: readonly ListedStore[]): string {
  const taken = new Set(stores.map(({ subdomain }) => subdomain));
  const shorter = label.slice(0, -1).replace(/-+$/, '');
  if (shorter !== '' && !taken.has(shorter)) return shorter;
  let longer = `${label}x`;
  while (taken.has(longer)) longer += 'x';
  return longer;
}
