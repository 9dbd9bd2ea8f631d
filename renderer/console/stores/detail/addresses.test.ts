import { describe, expect, it } from 'vitest';
import { buildStore } from '../testing/build-store.ts';
import { addressesOf } from './addresses.ts';

const PLATFORM = 'http://localhost:8000/';

describe('addressesOf', () => {
  it('has one for each routing mode and each custom domain', () => {
    const store = buildStore({ code: 'orion', id: 3, domains: ['orion.lu', 'shop.orion.lu'] });

    const addresses = addressesOf(store, PLATFORM);

    expect(addresses.map(({ mode, text }) => `${mode} ${text}`)).toEqual([
      'subdomain http://orion.localhost:8000/',
      'path http://localhost:8000/storefront/orion',
      'custom domain http://orion.lu:8000/',
      'custom domain http://shop.orion.lu:8000/',
      "header curl -H 'X-Store-ID: store_3' http://localhost:8000/api/v1/storefront/products",
    ]);
    expect(addresses.at(-1)?.href).toBeNull();
  });

  it('leaves the path out where that routing is off', () => {
    const store = buildStore({ urls: { ...buildStore().urls, path: null } });

    expect(addressesOf(store, PLATFORM).map(({ mode }) => mode)).toEqual(['subdomain', 'header']);
  });

  it('links to the explanation with the header that decides', () => {
    const why = new URL(addressesOf(buildStore(), PLATFORM).at(-1)?.why ?? '', 'http://admin.localhost');

    expect(why.searchParams.get('url')).toBe('http://localhost:8000/api/v1/storefront/products');
    expect(why.searchParams.get('storeHeader')).toBe('store_1');
  });
});
