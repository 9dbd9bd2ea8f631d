/** Decisions for tests. */
import { type Resolution, RULES, type Rung } from '../../../server/contract/requests.ts';

/** Five rungs with the named results; the others were not reached. */
export function buildLadder(results: Partial<Record<Rung['rule'], Rung['result']>>): readonly Rung[] {
  return RULES.map((rule) => ({
    rule,
    result: results[rule] ?? 'not_reached',
    input: 'fashion.localhost',
    query: null,
    cached: null,
    reason: `why ${rule}`,
    durationMs: 0,
  }));
}

/** The decision about Fashion Boutique's products, found by its subdomain, with what the test names changed. */
export function buildResolution(changes: Partial<Resolution> = {}): Resolution {
  return {
    outcome: 'store',
    area: 'storefront',
    mode: 'subdomain',
    store: { id: 2, publicId: 'store_2', code: 'fashion', name: 'Fashion Boutique', color: '#9a4a33', isActive: true },
    refusal: null,
    hostname: 'fashion.localhost',
    hostKind: 'subdomain',
    port: 8000,
    originalPath: '/products',
    cleanPath: '/storefront/products',
    basePath: '',
    redirectTo: null,
    ladder: buildLadder({ admin: 'no_match', custom_domain: 'no_match', subdomain: 'matched' }),
    hint: null,
    nearMatches: [],
    ...changes,
  };
}
