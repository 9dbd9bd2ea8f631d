/** Protects sending a page again by another way: the resolver must read every address back as the same page. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROUTING_MODES, type RoutingMode } from '../contract/requests.ts';
import type { StoreLookup, StoreSummary } from '../tenancy/resolution.ts';
import { resolveRequest } from '../tenancy/resolve.ts';
import { addressOf, pageOf } from './same-page.ts';

const settings = { platformDomain: 'localhost', pathRouting: true };
const store = (id: number, code: string): StoreSummary => ({
  id,
  publicId: `store_${id}`,
  code,
  subdomain: `${code}-shop`,
  schemaName: code,
  name: code,
  isActive: true,
  currency: 'EUR',
  locale: 'en',
  color: '#000000',
  logo: null,
});
const stores = [store(1, 'techstore'), store(2, 'fashion')] as const;
const domainOf = ({ code }: StoreSummary) => `${code}.example`;

const found = <Value>(value: Value) => Promise.resolve({ value, query: '', cached: true });
const lookup: StoreLookup = {
  byDomain(domain) {
    const match = stores.find((one) => domainOf(one) === domain);
    return found(
      match ? { store: match, isActive: true, isVerified: true, isPrimary: true, primaryDomain: domain } : null,
    );
  },
  bySubdomain: (label) => found(stores.find((one) => one.subdomain === label) ?? null),
  byCode: (code) => found(stores.find((one) => one.code === code) ?? null),
  byPublicId: (id) => found(stores.find((one) => one.publicId === id) ?? null),
};

const segment = fc.oneof(
  fc.constantFrom(
    'products',
    'shop',
    'storefront',
    'store',
    'stores',
    'admin',
    'dashboard',
    'api',
    'assets',
    'techstore',
  ),
  fc.stringMatching(/^[a-z0-9%~_-]{1,8}$/).filter((text) => !text.includes('%')),
  fc.constantFrom('caf%C3%A9', 'a%20b', '.well-known'),
);
const path = fc.tuple(fc.array(segment, { maxLength: 4 }), fc.boolean()).map(([parts, hasEndSlash]) => {
  const joined = `/${parts.join('/')}`;
  return hasEndSlash && joined !== '/' ? `${joined}/` : joined;
});
const mode = fc.constantFrom(...ROUTING_MODES);
const resolve = (address: { hostname: string; path: string; storeHeader?: string | null }) =>
  resolveRequest(
    {
      method: 'GET',
      host: `${address.hostname}:8000`,
      path: address.path,
      storeHeader: address.storeHeader ?? undefined,
    },
    lookup,
    settings,
  );

describe('addressOf', () => {
  it('gives an address that leads to the same page of the store asked for, by the way asked for', async () => {
    let mapped = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...stores),
        fc.constantFrom(...stores),
        mode,
        path,
        async (from, to, wanted, asked) => {
          const before = await resolve({ hostname: `${from.subdomain}.localhost`, path: asked });
          const page = pageOf(before);
          if (!page) return;
          const address = addressOf(page, to, wanted, { ...settings, domain: domainOf(to) });
          if (typeof address === 'string') return;
          mapped += 1;

          const after = await resolve(address);

          expect({
            outcome: after.outcome,
            store: after.store?.code,
            mode: after.mode,
            redirectTo: after.redirectTo,
          }).toEqual({
            outcome: 'store',
            store: to.code,
            mode: wanted,
            redirectTo: null,
          });
          expect(pageOf(after)).toEqual(page);
        },
      ),
      { numRuns: 500 },
    );
    expect(mapped).toBeGreaterThan(200);
  });

  it.each<[string, RoutingMode, string]>([
    ['/api/v1/store', 'path_based', 'The API is not reached by path'],
    ['/products', 'header', 'X-Store-ID leads to the API alone'],
    ['/products', 'custom_domain', 'no verified and active domain'],
  ])('says why %s has no address by %s', async (asked, wanted, reason) => {
    const page = pageOf(await resolve({ hostname: 'fashion-shop.localhost', path: asked }));

    expect(page && addressOf(page, stores[1], wanted, { ...settings, domain: null })).toContain(reason);
  });

  it('knows no page of what reached no store', async () => {
    expect(pageOf(await resolve({ hostname: 'localhost', path: '/' }))).toBeNull();
    expect(pageOf(await resolve({ hostname: 'admin.localhost', path: '/' }))).toBeNull();
    expect(pageOf(await resolve({ hostname: 'nosuch.localhost', path: '/' }))).toBeNull();
  });
});
