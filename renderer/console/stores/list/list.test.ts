import { describe, expect, it } from 'vitest';
import type { ListedStore, StoreTraffic } from '../../../../server/contract/stores.ts';
import { buildStore } from '../testing/build-store.ts';
import { arrange, withTraffic } from './arrange.ts';
import { nextSort, readView, withView } from './list-view.ts';

const view = (query: string) => readView(new URLSearchParams(query));
const codes = (stores: readonly ListedStore[], query: string, traffic: readonly StoreTraffic[] = []) =>
  arrange(withTraffic(stores, traffic), view(query)).map(({ store }) => store.code);
const asked = (code: string, requestsPerMinute: number): StoreTraffic => ({
  code,
  requestsPerMinute,
  errorsPerMinute: 0,
  series: [],
  lastRequestAt: null,
  lastError: null,
});

const stores = [
  buildStore({ code: 'techstore', name: 'TechStore', createdAt: 3 }),
  buildStore({ code: 'fashion', name: 'Fashion Boutique', createdAt: 1, isActive: false, domains: ['mode.example'] }),
  buildStore({ code: 'orion', name: 'Orion Shop', createdAt: 2 }),
];

describe('arrange', () => {
  it('shows every store by name', () => {
    expect(codes(stores, '')).toEqual(['fashion', 'orion', 'techstore']);
  });

  it('finds text in name, code and domains, whatever its case', () => {
    expect(codes(stores, 'q=BOUTIQUE')).toEqual(['fashion']);
    expect(codes(stores, 'q=techs')).toEqual(['techstore']);
    expect(codes(stores, 'q= mode.ex ')).toEqual(['fashion']);
    expect(codes(stores, 'q=nothing')).toEqual([]);
  });

  it('tells open stores from closed ones', () => {
    expect(codes(stores, 'state=open')).toEqual(['orion', 'techstore']);
    expect(codes(stores, 'state=closed')).toEqual(['fashion']);
  });

  it('sorts by age and by requests, stores that were never asked last', () => {
    const traffic = [asked('orion', 4), asked('techstore', 90)];

    expect(codes(stores, 'sort=-created')).toEqual(['techstore', 'orion', 'fashion']);
    expect(codes(stores, 'sort=-requests', traffic)).toEqual(['techstore', 'orion', 'fashion']);
  });

  it('sorts numbers in names by their value', () => {
    const numbered = ['Shop 10', 'Shop 9', 'shop 1'].map((name) => buildStore({ name, code: name.replace(' ', '-') }));

    expect(codes(numbered, '')).toEqual(['shop-1', 'Shop-9', 'Shop-10']);
  });
});

describe('readView', () => {
  it('passes over values that are none', () => {
    expect(view('state=sleeping&sort=-colour')).toEqual(view(''));
  });

  it('reads back what withView wrote, and leaves the rest of the address alone', () => {
    const params = withView(new URLSearchParams('create=1'), {
      text: 'a',
      state: 'closed',
      sort: { key: 'created', isDescending: true },
    });

    expect(params.toString()).toBe('create=1&q=a&state=closed&sort=-created');
    expect(readView(params).sort).toEqual({ key: 'created', isDescending: true });
    expect(withView(params, { text: '', state: 'all', sort: readView(new URLSearchParams()).sort }).toString()).toBe(
      'create=1',
    );
  });
});

describe('nextSort', () => {
  it('turns around on the second press, and begins with the busiest', () => {
    const first = nextSort({ key: 'name', isDescending: false }, 'requests');

    expect(first).toEqual({ key: 'requests', isDescending: true });
    expect(nextSort(first, 'requests').isDescending).toBe(false);
  });
});
