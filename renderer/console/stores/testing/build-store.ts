import type { ListedStore } from '../../../../server/contract/stores.ts';

/** A store for tests; what matters is given. */
export function buildStore(given: Partial<ListedStore> = {}): ListedStore {
  const { code = 'techstore', id = 1, domains = [] } = given;
  return {
    id,
    publicId: `store_${id}`,
    code,
    subdomain: code,
    schemaName: code,
    name: 'TechStore',
    isActive: true,
    currency: 'EUR',
    locale: 'en',
    color: '#2563eb',
    version: 1,
    logoUrl: null,
    createdAt: 0,
    domains,
    urls: {
      subdomain: `http://${code}.localhost:8000/`,
      path: `http://localhost:8000/storefront/${code}`,
      domains: domains.map((domain) => `http://${domain}:8000/`),
      dashboard: `http://${code}.localhost:8000/admin/`,
    },
    ...given,
  };
}
