import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainMatch, Found, StoreLookup, StoreSummary } from './resolution.ts';
import { RULES } from './resolution.ts';
import { type ResolverInput, resolveRequest } from './resolve.ts';

function store(id: number, code: string, isActive = true): StoreSummary {
  return {
    id,
    publicId: `store_${id}`,
    code,
    subdomain: code,
    schemaName: code,
    name: code,
    isActive,
    currency: 'EUR',
    locale: 'en',
    color: '#000000',
    logo: null,
  };
}

const alpha = store(1, 'alpha');
const beta = store(2, 'beta');
const closed = store(3, 'closed', false);
const all = [alpha, beta, closed];

const domains: Readonly<Record<string, Partial<DomainMatch>>> = {
  'alpha.com': { store: alpha },
  'www.alpha.com': { store: alpha, isPrimary: false, primaryDomain: 'alpha.com' },
  'shop.alpha.com': { store: alpha, isPrimary: false, primaryDomain: 'alpha.com' },
  'new.alpha.com': { store: alpha, isVerified: false },
  'off.alpha.com': { store: alpha, isActive: false },
};

function found<Value>(value: Value | undefined): Promise<Found<Value | null>> {
  return Promise.resolve({ value: value ?? null, query: 'SELECT', cached: true });
}

const lookup: StoreLookup = {
  byDomain: (domain) =>
    found(
      Object.hasOwn(domains, domain)
        ? ({
            isActive: true,
            isVerified: true,
            isPrimary: true,
            primaryDomain: 'alpha.com',
            ...domains[domain],
          } as DomainMatch)
        : undefined,
    ),
  bySubdomain: (label) => found(all.find((one) => one.subdomain === label)),
  byCode: (code) => found(all.find((one) => one.code === code)),
  byPublicId: (id) => found(all.find((one) => one.publicId === id)),
};

const settings = { platformDomain: 'localhost', pathRouting: true };
const resolve = (host: string | undefined, path = '/', more: Partial<ResolverInput> = {}) =>
  resolveRequest({ method: 'GET', host, path, ...more }, lookup, settings);

describe('resolveRequest', () => {
  it.each([
    // host, path, mode, store, area, clean path, base path
    ['alpha.com', '/products', 'custom_domain', 'alpha', 'storefront', '/storefront/products', ''],
    ['shop.alpha.com:8000', '/', 'custom_domain', 'alpha', 'storefront', '/storefront', ''],
    ['alpha.localhost', '/', 'subdomain', 'alpha', 'storefront', '/storefront', ''],
    ['ALPHA.localhost.:8000', '/products/', 'subdomain', 'alpha', 'storefront', '/storefront/products', ''],
    ['alpha.localhost', '/shop/products', 'subdomain', 'alpha', 'storefront', '/storefront/products', ''],
    ['alpha.localhost', '/storefront/products', 'subdomain', 'alpha', 'storefront', '/storefront/products', ''],
    ['alpha.localhost', '/shopping', 'subdomain', 'alpha', 'storefront', '/storefront/shopping', ''],
    ['alpha.localhost', '/admin/', 'subdomain', 'alpha', 'store', '/', '/admin'],
    ['alpha.localhost', '/dashboard', 'subdomain', 'alpha', 'store', '/dashboard', '/admin'],
    ['alpha.localhost', '/api/v1/store', 'subdomain', 'alpha', 'api', '/api/v1/store', ''],
    ['localhost', '/storefront/alpha', 'path_based', 'alpha', 'storefront', '/storefront', '/storefront/alpha'],
    [
      'localhost',
      '/storefront/alpha/products/x',
      'path_based',
      'alpha',
      'storefront',
      '/storefront/products/x',
      '/storefront/alpha',
    ],
    [
      'localhost',
      '/stores/alpha/shop/products',
      'path_based',
      'alpha',
      'storefront',
      '/storefront/products',
      '/storefront/alpha',
    ],
    ['localhost', '/stores/alpha/storefront', 'path_based', 'alpha', 'storefront', '/storefront', '/storefront/alpha'],
    ['localhost', '/store/alpha/dashboard', 'path_based', 'alpha', 'store', '/dashboard', '/store/alpha'],
    ['localhost', '/store/alpha/', 'path_based', 'alpha', 'store', '/', '/store/alpha'],
  ])('%s%s is %s of %s', async (host, path, mode, code, area, cleanPath, basePath) => {
    const resolution = await resolve(host, path);

    expect(resolution).toMatchObject({ outcome: 'store', mode, area, cleanPath, basePath });
    expect(resolution.store?.code).toBe(code);
    expect(resolution.ladder.map((rung) => rung.rule)).toEqual(RULES);
    expect(resolution.ladder.filter((rung) => rung.result === 'matched')).toHaveLength(1);
  });

  it.each([
    ['admin.localhost', '/', 'admin'],
    ['admin.localhost', '/storefront/alpha', 'admin'],
    ['localhost', '/admin', 'admin'],
    ['localhost', '/admin/stores', 'admin'],
    ['localhost', '/', 'landing'],
    ['localhost', '/administration', 'landing'],
    ['localhost', '/storefronts/alpha', 'landing'],
  ])('%s%s looks for no store: %s', async (host, path, outcome) => {
    expect(await resolve(host, path)).toMatchObject({ outcome, store: null, mode: null });
  });

  it.each([
    ['evilplatform.com', '/', 421, 'host_unknown'],
    ['alpha.evil.com', '/', 421, 'host_unknown'],
    ['evillocalhost', '/', 421, 'host_unknown'],
    ['127.0.0.1', '/', 421, 'host_is_address'],
    ['[::1]:8000', '/', 421, 'host_is_address'],
    ['new.alpha.com', '/', 421, 'domain_unverified'],
    ['off.alpha.com', '/', 421, 'domain_inactive'],
    ['nosuch.localhost', '/', 404, 'store_not_found'],
    ['alpha.beta.localhost', '/', 404, 'store_not_found'],
    ['www.localhost', '/', 404, 'store_not_found'],
    ['localhost', '/storefront/nosuch', 404, 'store_not_found'],
    ['localhost', '/storefront/products', 404, 'store_not_found'],
    ['localhost', '/stores/admin/shop', 404, 'store_not_found'],
    ['closed.localhost', '/', 503, 'store_inactive'],
    ['localhost', '/storefront/closed', 503, 'store_inactive'],
    [undefined, '/', 400, 'host_missing'],
    ['alpha@localhost', '/', 400, 'host_userinfo'],
    ['alpha.localhost', '/%00', 400, 'path_control_character'],
  ])('%s%s is refused with %i %s', async (host, path, status, code) => {
    expect(await resolve(host, path)).toMatchObject({ outcome: 'refused', refusal: { status, code } });
  });

  it('takes X-Store-ID on the API of the platform host only', async () => {
    expect(await resolve('localhost', '/api/v1/store', { storeHeader: 'store_1' })).toMatchObject({
      mode: 'header',
      store: alpha,
      area: 'api',
    });
    expect(await resolve('localhost', '/api/v1/store', { storeHeader: 'ALPHA' })).toMatchObject({
      mode: 'header',
      store: alpha,
    });
    expect(await resolve('localhost', '/other', { storeHeader: 'store_1' })).toMatchObject({
      outcome: 'landing',
      store: null,
    });
    expect(await resolve('localhost', '/api/v1/store', { storeHeader: 'store_9' })).toMatchObject({
      refusal: { status: 404 },
    });
  });

  it('refuses a header that contradicts the address, and accepts one that agrees', async () => {
    expect(await resolve('alpha.localhost', '/api/v1/store', { storeHeader: 'store_2' })).toMatchObject({
      store: null,
      refusal: { status: 400, code: 'tenant_mismatch' },
    });
    expect(await resolve('localhost', '/storefront/alpha', { storeHeader: 'beta' })).toMatchObject({
      refusal: { code: 'tenant_mismatch' },
    });
    expect(await resolve('alpha.localhost', '/', { storeHeader: 'store_1' })).toMatchObject({
      store: alpha,
      mode: 'subdomain',
    });
  });

  it('redirects to the canonical address, reads only', async () => {
    expect(await resolve('localhost', '/storefront/ALPHA/products', { search: '?a=1' })).toMatchObject({
      redirectTo: '/storefront/alpha/products?a=1',
    });
    expect(await resolve('www.alpha.com:8000', '/x', { search: '?a=1' })).toMatchObject({
      redirectTo: 'http://alpha.com:8000/x?a=1',
    });
    expect(await resolve('shop.alpha.com', '/x')).toMatchObject({ redirectTo: null });
    expect(await resolve('alpha.localhost', '//evil.com')).toMatchObject({ redirectTo: '/evil.com' });
    expect(await resolve('alpha.localhost', '//evil.com', { method: 'POST' })).toMatchObject({
      refusal: { code: 'path_empty_segment' },
    });
    expect(await resolve('localhost', '/storefront/ALPHA', { method: 'POST' })).toMatchObject({
      redirectTo: null,
      store: alpha,
    });
  });

  it('can leave out routing by path', async () => {
    const resolution = await resolveRequest({ method: 'GET', host: 'localhost', path: '/storefront/alpha' }, lookup, {
      ...settings,
      pathRouting: false,
    });
    expect(resolution).toMatchObject({ store: null, refusal: { status: 404 } });
  });

  it('hints at the older path form that now means the dashboard', async () => {
    expect((await resolve('localhost', '/store/alpha/products')).hint).toContain('/storefront/alpha/products');
    expect((await resolve('localhost', '/store/alpha/dashboard')).hint).toBeNull();
  });

  it('says for every rule what it looked at and why it lost', async () => {
    const { ladder } = await resolve('alpha.localhost:8000', '/products');

    expect(ladder).toMatchObject([
      { rule: 'admin', result: 'no_match' },
      { rule: 'custom_domain', result: 'no_match', query: null },
      { rule: 'subdomain', result: 'matched', input: 'alpha', query: 'SELECT', cached: true },
      { rule: 'path', result: 'not_reached', input: '/products' },
      { rule: 'header', result: 'not_reached' },
    ]);
    for (const rung of ladder) expect(rung.reason).not.toBe('');
  });

  it('never reaches a store for a host that is neither its own nor the platform, whatever the request', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.domain(), fc.string()),
        fc.webPath(),
        fc.option(fc.constantFrom('store_1', 'beta')),
        async (host, path, header) => {
          const resolution = await resolve(host, path || '/', { storeHeader: header ?? undefined });
          expect(resolution.ladder).toHaveLength(RULES.length);
          if (resolution.store === null) return;
          const own = [`${resolution.store.subdomain}.localhost`, 'localhost', ...Object.keys(domains)];
          expect(own).toContain(resolution.hostname);
        },
      ),
    );
  });
});
