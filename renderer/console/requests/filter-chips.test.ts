import { expect, it } from 'vitest';
import { filterChips } from './filter-chips.ts';
import { filterOf } from './request-filter.ts';

function chipsOf(query: string) {
  const params = new URLSearchParams(query);
  return filterChips(filterOf(params), params, (code) => `Store ${code}`);
}

it('has no chip for what an address shows by itself', () => {
  expect(chipsOf('')).toEqual([]);
});

it('says each filter in words', () => {
  const query =
    'store=a&status=4xx&flag=n_plus_one&mode=path_based&method=get&role=store_owner&origin=imported&text=mug';
  expect(chipsOf(query).map(({ label }) => label)).toEqual([
    'Store a',
    'status 4xx',
    'N+1',
    'by path',
    'GET',
    'as owner',
    'imported',
    '“mug”',
  ]);
});

it('has one chip for both ends of a duration or a time, which takes both away', () => {
  expect(chipsOf('minMs=100&maxMs=1500')).toEqual([
    { names: ['minMs', 'maxMs'], label: '100 ms to 1.5 s', removed: undefined },
  ]);
  expect(chipsOf('from=0&to=1')[0]?.names).toEqual(['from', 'to']);
  expect(chipsOf('last=1h')).toEqual([{ names: ['last'], label: 'last hour', removed: undefined }]);
});

it('hides again what was shown', () => {
  expect(chipsOf('assets=show&console=only')).toEqual([
    { names: ['assets'], label: 'with files and pictures', removed: 'hide' },
    { names: ['console'], label: 'only console’s requests', removed: 'hide' },
  ]);
});
