import { describe, expect, it } from 'vitest';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { exampleGroups } from './examples.ts';

const platform = { platformDomain: 'localhost', port: 8000 };
const store = (code: string, id: number, domains: readonly string[] = []) =>
  ({
    code,
    subdomain: code,
    publicId: `store_${id}`,
    urls: {
      subdomain: `http://${code}.localhost:8000/`,
      path: `http://localhost:8000/storefront/${code}`,
      domains,
      dashboard: `http://${code}.localhost:8000/admin/`,
    },
  }) as unknown as ListedStore;
const asked = (stores: readonly ListedStore[]) =>
  exampleGroups(stores, platform).flatMap(({ examples }) =>
    examples.map(({ asks }) => asks.url + (asks.storeHeader ? ` ${asks.storeHeader}` : '')),
  );

describe('exampleGroups', () => {
  it('asks about the stores there are', () => {
    expect(asked([store('techstore', 1), store('fashion', 2, ['http://fashion.example:8000/'])])).toEqual([
      'http://techstore.localhost:8000/products',
      'http://localhost:8000/storefront/techstore/products',
      'http://fashion.example:8000/',
      'http://localhost:8000/api/v1/storefront/products store_1',
      'http://techstore.localhost:8000/admin/',
      'http://techstor.localhost:8000/',
      'http://techstore.localhost.evil.example:8000/',
      'http://127.0.0.1:8000/',
      'http://techstore.localhost:8000/ store_2',
    ]);
  });

  it('never misspells a name into another store’s', () => {
    expect(asked([store('shops', 1), store('shop', 2), store('shopsx', 3)])).toContain(
      'http://shopsxx.localhost:8000/',
    );
  });

  it('has the refused ways without any store', () => {
    expect(exampleGroups([], platform).map(({ title }) => title)).toEqual(['Ways that must not lead to one']);
    expect(asked([])).toContain('http://localhost.evil.example:8000/');
  });
});
