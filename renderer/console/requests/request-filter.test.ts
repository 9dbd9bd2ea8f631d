import { describe, expect, it } from 'vitest';
import {
  countFilters,
  DEFAULT_FILTER,
  filterOf,
  filterQuery,
  isStatusFilter,
  withFilter,
  withoutFilters,
  withQuery,
} from './request-filter.ts';

const read = (query: string) => filterOf(new URLSearchParams(query));

describe('filterOf', () => {
  it('hides pictures and the console when the address says nothing', () => {
    expect(read('')).toEqual(DEFAULT_FILTER);
  });

  it('reads every filter', () => {
    const query = 'store=-&mode=subdomain&area=api&status=4xx&method=GET&text=mug&assets=only&console=show';
    expect(read(query)).toEqual({
      store: '-',
      mode: 'subdomain',
      area: 'api',
      status: '4xx',
      method: 'GET',
      text: 'mug',
      assets: 'only',
    });
  });

  it('reads what is a number as one, and passes over what is none', () => {
    expect(read('minMs=100&maxMs=1000&from=5&to=many')).toEqual({
      ...DEFAULT_FILTER,
      minMs: 100,
      maxMs: 1000,
      from: 5,
    });
  });

  it('turns a stretch that ends now into its beginning', () => {
    const now = new Date(2026, 10, 21, 13, 30).getTime();
    const from = (last: string) => filterOf(new URLSearchParams({ last }), now).from;

    expect(from('5m')).toBe(now - 300_000);
    expect(from('today')).toBe(new Date(2026, 10, 21).getTime());
    expect(from('ever')).toBeUndefined();
  });

  it.each(['mode=teleport', 'area=moon', 'status=9xx', 'assets=maybe', `text=${'x'.repeat(201)}`])(
    'passes over %s, which is no filter',
    (query) => {
      expect(read(query)).toEqual(DEFAULT_FILTER);
    },
  );
});

describe('withFilter', () => {
  it('keeps the address short: what is the default is left out', () => {
    expect(withFilter(new URLSearchParams('assets=only'), 'assets', 'hide').toString()).toBe('');
    expect(withFilter(new URLSearchParams('store=a'), 'store', undefined).toString()).toBe('');
  });

  it('says that a default is taken away, and is read back as such', () => {
    const shown = withFilter(new URLSearchParams('tab=sql'), 'console', undefined);

    expect(shown.toString()).toBe('tab=sql&console=show');
    expect(filterOf(shown)).toEqual({ assets: 'hide' });
  });
});

it('lets a stretch and a time of one’s own take turns', () => {
  const own = withFilter(new URLSearchParams('last=1h'), 'from', '5');

  expect(`${own}`).toBe('from=5');
  expect(`${withFilter(own, 'last', 'today')}`).toBe('last=today');
});

it('carries filters, and nothing else, into a saved query and back', () => {
  const query = filterQuery(new URLSearchParams('tab=sql&minMs=5&compare=x&status=404'));

  expect(query).toBe('status=404&minMs=5');
  expect(`${withQuery(new URLSearchParams('tab=sql&store=a'), `${query}&view=log`)}`).toBe(
    'tab=sql&status=404&minMs=5',
  );
});

it('shows the console when its area is asked for', () => {
  const asked = withFilter(new URLSearchParams(), 'area', 'admin');

  expect(filterOf(asked)).toEqual({ area: 'admin', assets: 'hide' });
  expect(filterOf(withFilter(new URLSearchParams('console=only'), 'area', 'admin')).console).toBe('only');
});

it('takes all filters away and keeps the rest of the address', () => {
  expect(withoutFilters(new URLSearchParams('tab=sql&store=a&console=show')).toString()).toBe('tab=sql');
});

it('counts what differs from the default', () => {
  expect(countFilters(read(''))).toBe(0);
  expect(countFilters(read('console=show&status=404'))).toBe(2);
  expect(countFilters(read('minMs=1&maxMs=5&from=1&to=2'))).toBe(2);
});

it('knows what the status field takes', () => {
  expect(['404', '5xx', '4', '600', ''].map(isStatusFilter)).toEqual([true, true, false, false, false]);
});
