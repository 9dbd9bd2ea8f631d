import { expect, it } from 'vitest';
import type { DomainMatch, Found, StoreLookup, StoreSummary } from '../resolution.ts';
import { checkRoutes } from './check-routes.ts';
import type { ClaimingStore } from './claims.ts';
import { routeTable } from './route-table.ts';
import type { RoutePattern } from './router-rows.ts';

function store(id: number, code: string, more: Partial<StoreSummary> = {}): StoreSummary {
  return {
    id,
    publicId: `store_${id}`,
    code,
    subdomain: code,
    schemaName: code,
    name: code.toUpperCase(),
    isActive: true,
    currency: 'EUR',
    locale: 'en',
    color: '#000000',
    logo: null,
    ...more,
  };
}

type Domain = Pick<DomainMatch, 'isActive' | 'isVerified'>;

const GOOD: Domain = { isActive: true, isVerified: true };

/** A platform as the table sees it; `domains` by store code. */
function platform(stores: readonly StoreSummary[], domains: Readonly<Record<string, Record<string, Domain>>> = {}) {
  const found = <Value>(value: Value | undefined): Promise<Found<Value | null>> =>
    Promise.resolve({ value: value ?? null, query: 'SELECT', cached: true });
  const lookup: StoreLookup = {
    byDomain(domain) {
      const holder = stores.find(({ code }) => domains[code]?.[domain]);
      const state = holder && domains[holder.code]?.[domain];
      return found(holder && state ? { ...state, store: holder, isPrimary: true, primaryDomain: domain } : undefined);
    },
    bySubdomain: (label) => found(stores.find((one) => one.subdomain === label)),
    byCode: (code) => found(stores.find((one) => one.code === code)),
    byPublicId: (id) => found(stores.find((one) => one.publicId === id)),
  };
  const claiming: ClaimingStore[] = stores.map((one) => ({
    store: one,
    domains: Object.keys(domains[one.code] ?? {}).map((domain) => ({ domain })),
  }));
  return { lookup, stores: claiming };
}

const settings = { platformDomain: 'localhost', pathRouting: true, scheme: 'http', port: 8000 };

function tableOf(
  { lookup, stores }: ReturnType<typeof platform>,
  more: { readonly patterns?: readonly RoutePattern[]; readonly pathRouting?: boolean; readonly text?: string } = {},
) {
  const { patterns = [], pathRouting = true, text } = more;
  return routeTable({
    stores,
    lookup,
    patterns,
    settings: { ...settings, pathRouting },
    filter: text === undefined ? {} : { text },
  });
}

const rowOf = (rows: Awaited<ReturnType<typeof tableOf>>['rows'], host: string, path: string) =>
  rows.find((row) => row.host === host && row.path === path);

it('finds nothing wrong with stores whose names mean one thing each', async () => {
  const { problems, rows } = await tableOf(
    platform([store(1, 'alpha'), store(2, 'beta')], { alpha: { 'alpha.com': GOOD } }),
  );

  expect(problems).toBe(0);
  expect(rowOf(rows, 'alpha.com', '/*')).toMatchObject({ state: 'active', mode: 'custom_domain', area: 'storefront' });
  expect(rowOf(rows, 'localhost', '/store/beta/*')).toMatchObject({ state: 'active', area: 'store' });
});

it('marks a word that is one store’s subdomain and another one’s code', async () => {
  const { rows, problems } = await tableOf(
    platform([store(1, 'alpha', { subdomain: 'beta' }), store(2, 'beta', { subdomain: 'gamma' })]),
  );

  expect(rowOf(rows, 'beta.localhost', '/*')).toMatchObject({
    state: 'collision',
    related: ['beta:localhost/storefront/beta/*'],
  });
  expect(rowOf(rows, 'localhost', '/storefront/beta/*')).toMatchObject({ state: 'collision', store: { code: 'beta' } });
  expect(problems).toBeGreaterThan(0);
});

it('marks a domain below the platform, which the subdomain rule answers for', async () => {
  const shadowed = await tableOf(
    platform([store(1, 'alpha'), store(2, 'beta')], { alpha: { 'beta.localhost': GOOD } }),
  );
  const row = shadowed.rows.find(
    ({ rule, host, path }) => rule === 'custom_domain' && host === 'beta.localhost' && path === '/*',
  );

  expect(row).toMatchObject({ state: 'shadowed', related: ['beta:beta.localhost/*'] });
  expect(row?.reason).toContain('beta answers here');
});

it.each([
  ['a closed store', platform([store(1, 'alpha', { isActive: false })]), 'alpha.localhost', 'inactive'],
  [
    'a domain that is not proven',
    platform([store(1, 'alpha')], { alpha: { 'alpha.com': { isActive: true, isVerified: false } } }),
    'alpha.com',
    'unverified',
  ],
  [
    'a domain that is switched off',
    platform([store(1, 'alpha')], { alpha: { 'alpha.com': { isActive: false, isVerified: true } } }),
    'alpha.com',
    'inactive',
  ],
] as const)('says of %s why it does not answer', async (_what, of, host, state) => {
  expect(rowOf((await tableOf(of)).rows, host, '/*')).toMatchObject({ state, reason: expect.any(String) });
});

it('marks every path as inactive when stores do not answer below paths', async () => {
  const { rows } = await tableOf(platform([store(1, 'alpha')]), { pathRouting: false });

  expect(rows.filter(({ rule }) => rule === 'path').map(({ state }) => state)).toEqual(Array(4).fill('inactive'));
});

it('marks a page that an earlier pattern of the same area answers for, and no other', async () => {
  const patterns: RoutePattern[] = [
    {
      owner: 'shop',
      area: 'storefront',
      methods: ['GET'],
      path: '/storefront/products/:handle',
      matches: (path) => /^\/storefront\/products\/[^/]+$/.test(path),
    },
    {
      owner: 'shop',
      area: 'storefront',
      methods: ['GET'],
      path: '/storefront/products/new',
      matches: (path) => path === '/storefront/products/new',
    },
    {
      owner: 'shop',
      area: 'storefront',
      methods: ['POST'],
      path: '/storefront/products/new',
      matches: (path) => path === '/storefront/products/new',
    },
    {
      owner: 'extra',
      area: 'storefront',
      methods: ['GET'],
      path: '/storefront/products/:id',
      matches: (path) => /^\/storefront\/products\/[^/]+$/.test(path),
    },
    {
      owner: 'api',
      area: 'api',
      methods: ['GET'],
      path: '/storefront/products/new',
      matches: (path) => path === '/storefront/products/new',
    },
  ];
  const { rows } = await tableOf(platform([store(1, 'alpha')]), { patterns });

  expect(rows.filter(({ rule }) => rule === 'router').map(({ state }) => state)).toEqual([
    'active',
    'shadowed',
    'active',
    'collision',
    'active',
  ]);
});

it('finds rows by text and says how many there are', async () => {
  const { rows, total } = await tableOf(platform([store(1, 'alpha'), store(2, 'beta')]), { text: 'BETA' });

  expect(total).toBe(rows.length);
  expect(new Set(rows.map((row) => row.store?.code))).toEqual(new Set(['beta']));
});

it('checks URLs against what they must lead to, and names each difference', async () => {
  const { lookup } = platform([store(1, 'alpha'), store(2, 'closed', { isActive: false })]);
  const report = await checkRoutes(
    [
      { url: 'http://alpha.localhost/products', store: 'alpha', area: 'storefront', mode: 'subdomain' },
      { url: 'http://alpha.localhost/admin', store: 'beta', area: 'storefront' },
      { url: 'http://closed.localhost/', store: null, outcome: 'refused', status: 503 },
      { url: 'http://localhost/', store: null, outcome: 'landing' },
      { url: '///' },
    ],
    lookup,
    settings,
  );

  expect(report).toMatchObject({ passed: 3, failed: 2 });
  expect(report.results[1]?.differences).toEqual([
    'store: expected beta, got alpha',
    'area: expected storefront, got store',
  ]);
  expect(report.results[4]?.fault).toContain('has no host');
});
