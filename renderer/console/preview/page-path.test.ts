import { describe, expect, it } from 'vitest';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { isFramable, normalizePath, paneAddress, usualPages } from './page-path.ts';

const urls = {
  subdomain: 'http://tech.localhost:8000/',
  path: 'http://localhost:8000/storefront/tech',
  domains: [],
  dashboard: '',
};
const store = { urls } as unknown as ListedStore;

describe('normalizePath', () => {
  it.each([
    ['', '/'],
    ['products', '/products'],
    [' /products?sort=new ', '/products?sort=new'],
    ['http://tech.localhost:8000/products', '/products'],
    ['http://localhost:8000/storefront/tech/products', '/products'],
    ['http://localhost:8000/storefront/tech', '/'],
    ['//evil.example/x', '/evil.example/x'],
    ['/\\evil.example', '/evil.example'],
    ['HTTPS://tech.localhost:8000?q=1', '/?q=1'],
  ])('makes %j to %s', (text, path) => {
    expect(normalizePath(text)).toBe(path);
  });
});

describe('paneAddress', () => {
  it('builds the address of a page in each routing mode', () => {
    expect(paneAddress(store, { via: 'subdomain', path: '/' })).toBe('http://tech.localhost:8000/');
    expect(paneAddress(store, { via: 'subdomain', path: '/products' })).toBe('http://tech.localhost:8000/products');
    expect(paneAddress(store, { via: 'path', path: '/' })).toBe('http://localhost:8000/storefront/tech');
    expect(paneAddress(store, { via: 'path', path: '/products' })).toBe(
      'http://localhost:8000/storefront/tech/products',
    );
  });

  it('uses the subdomain where routing by path is off', () => {
    const hostOnly = { urls: { ...urls, path: null } } as unknown as ListedStore;

    expect(paneAddress(hostOnly, { via: 'path', path: '/products' })).toBe('http://tech.localhost:8000/products');
  });
});

describe('isFramable', () => {
  it.each(['/admin', '/admin/', '/store/x', '/dashboard?x', '/api/v1/store'])(
    'is false for %s on the store’s host',
    (path) => {
      expect(isFramable({ via: 'subdomain', path })).toBe(false);
    },
  );

  it.each(['/', '/products', '/administration', '/apis'])('is true for %s', (path) => {
    expect(isFramable({ via: 'subdomain', path })).toBe(true);
  });
});

describe('usualPages', () => {
  it('offers the first product only where there is one', () => {
    expect(usualPages(null).map(({ path }) => path)).toEqual(['/', '/products']);
    expect(usualPages('lamp').at(-1)).toEqual({ label: 'First product', path: '/products/lamp' });
  });
});
