import { expect, it } from 'vitest';
import { isAsset, listRequestsInput, matchesFilter } from './requests.ts';

const seen = {
  method: 'GET',
  host: 'techstore.localhost:8000',
  path: '/Products/laptop?page=2',
  status: 404,
  mode: 'subdomain',
  area: 'storefront',
  outcome: 'store',
  startedAt: 1000,
  durationMs: 20,
  role: 'anonymous',
  flags: ['slow'],
  origin: null,
  store: { id: 1, code: 'techstore', name: 'TechStore', color: '#000000' },
} as const;

it.each([
  [{}, true],
  [{ store: 'techstore' }, true],
  [{ store: 'tech' }, false],
  [{ store: '-' }, false],
  [{ mode: 'subdomain' }, true],
  [{ mode: 'header' }, false],
  [{ area: 'api' }, false],
  [{ status: '404' }, true],
  [{ status: '4xx' }, true],
  [{ status: '40' }, false],
  [{ status: '2xx' }, false],
  [{ method: 'get' }, true],
  [{ method: 'POST' }, false],
  [{ text: 'products/LAPTOP' }, true],
  [{ text: 'get techstore' }, true],
  [{ text: 'fashion' }, false],
  [{ assets: 'only' }, false],
  [{ assets: 'hide' }, true],
  [{ console: 'only' }, false],
  [{ console: 'hide' }, true],
  [{ store: 'techstore', status: '4xx', text: 'laptop', console: 'hide' }, true],
  [{ store: 'techstore', status: '5xx' }, false],
  [{ role: 'anonymous' }, true],
  [{ role: 'store_owner' }, false],
  [{ flag: 'slow' }, true],
  [{ flag: 'n_plus_one' }, false],
  [{ origin: 'resent' }, false],
  [{ minMs: 20, maxMs: 20 }, true],
  [{ minMs: 21 }, false],
  [{ maxMs: 19 }, false],
  [{ from: 1000, to: 1000 }, true],
  [{ from: 1001 }, false],
  [{ to: 999 }, false],
] as const)('%j wants the request: %s', (filter, isWanted) => {
  expect(matchesFilter(seen, filter)).toBe(isWanted);
});

it('knows requests that reached no store, and such that are still without an answer', () => {
  expect(matchesFilter({ ...seen, store: null, status: null }, { store: '-' })).toBe(true);
  expect(matchesFilter({ ...seen, store: null, status: null }, { status: '4xx' })).toBe(false);
});

it.each([
  ['/assets/meridian/0123456789ab/base.css', true],
  ['/media/products/laptop.webp?v=1', true],
  ['/storefront/techstore/media/hero.webp', true],
  ['/console-assets/index.js', true],
  ['/favicon.ico', true],
  ['/products/media', false],
  ['/asset', false],
])('%s is an asset: %s', (path, expected) => {
  expect(isAsset(path)).toBe(expected);
});

it('takes empty filters for none, and names what is not one', () => {
  expect(listRequestsInput.parse({ store: '', mode: '', status: '', text: '' })).toEqual({ limit: 100, offset: 0 });
  const faults = listRequestsInput.safeParse({ mode: 'x', status: '4', limit: '0', offset: '-1', colour: 'red' });
  expect(faults.error?.issues.map((issue) => issue.path[0] ?? issue.code)).toEqual(
    expect.arrayContaining(['mode', 'status', 'limit', 'offset', 'unrecognized_keys']),
  );
});
