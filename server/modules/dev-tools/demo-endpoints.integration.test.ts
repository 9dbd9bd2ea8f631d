import { describe, expect, it } from 'vitest';
import { ALL_BACKENDS, startTestPlatform } from '../../testing/test-platform.ts';

/** What the Django demo's document gives, with the request's port. Source: features.md 1g. */
function documentedAnswers(port: number) {
  const host = `localhost:${port}`;
  const flow = (domain: string, name: string, schema: string) => ({
    current_state: { domain, tenant: name, schema, is_public: false },
    request_flow: [
      { step: 1, action: 'Request Received', details: `Domain: ${domain}, Path: /request-flow/` },
      { step: 2, action: 'TenantMainMiddleware Processing', details: 'Middleware extracts domain from request' },
      { step: 3, action: 'Domain Lookup', details: `Query: SELECT tenant_id FROM domains WHERE domain='${domain}'` },
      { step: 4, action: 'Tenant Found', details: `Tenant: ${name}, Schema: ${schema}` },
      { step: 5, action: 'Schema Switch', details: `PostgreSQL: SET search_path TO ${schema}, public;` },
    ],
  });
  return [
    [
      host,
      '/',
      {
        message: 'This is the public schema',
        info: `Access tenant sites using subdomain.localhost:${port}`,
        available_tenants: [`http://techstore.localhost:${port}`, `http://fashion.localhost:${port}`],
      },
    ],
    [
      host,
      '/schema-info/',
      {
        current_schema: 'public',
        tenant: 'No tenant',
        domain: host,
        all_tenants: [
          { name: 'TechStore', schema_name: 'techstore' },
          { name: 'Fashion Boutique', schema_name: 'fashion' },
        ],
      },
    ],
    [
      `techstore.${host}`,
      '/data/',
      {
        tenant_info: { name: 'TechStore', schema: 'techstore', domain: `techstore.${host}` },
        products: [
          { name: 'Laptop', price: '999.99' },
          { name: 'Mouse', price: '29.99' },
        ],
        orders: [{ order_number: 'TECH001', total: '1029.98' }],
        counts: { products: 2, orders: 1 },
      },
    ],
    [
      `fashion.${host}`,
      '/data/',
      {
        tenant_info: { name: 'Fashion Boutique', schema: 'fashion', domain: `fashion.${host}` },
        products: [
          { name: 'T-Shirt', price: '19.99' },
          { name: 'Jeans', price: '49.99' },
        ],
        orders: [{ order_number: 'FASH001', total: '69.98' }],
        counts: { products: 2, orders: 1 },
      },
    ],
    [`techstore.${host}`, '/request-flow/', flow(`techstore.${host}`, 'TechStore', 'techstore')],
    [
      `techstore.${host}`,
      '/db-routing/',
      {
        routing_explanation: {
          current_schema: 'techstore',
          how_routing_works: {
            step1: 'Query: Product.objects.all()',
            step2: 'Router adds schema prefix: techstore.products',
            step3: 'Actual SQL: SELECT * FROM techstore.products',
          },
        },
        current_tenant_data: { products_count: 2, users_count: 1, all_tenants_count: 2 },
      },
    ],
  ] as const;
}

describe.each(ALL_BACKENDS)('the Django demo on %s', (backend) => {
  it('answers its six endpoints with the JSON of its document, with and without the end slash', async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore,fashion' });

    for (const [host, path, expected] of documentedAnswers(platform.port)) {
      const answer = await platform.ask({ host, path, headers: { Accept: 'application/json' } });

      expect([answer.status, answer.json()], `${host}${path}`).toEqual([200, expected]);
      // Letter for letter, not only as parsed.
      expect(answer.text).toBe(JSON.stringify(expected));
      if (path === '/' || path === '/request-flow/') continue;
      const withoutSlash = await platform.ask({ host, path: path.slice(0, -1) });
      expect(withoutSlash.json(), `${host}${path} without its end slash`).toEqual(expected);
    }
  });

  it("gives each tenant an admin page of its own, which asks for that tenant's staff", async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore,fashion' });

    for (const [code, name] of [
      ['techstore', 'TechStore'],
      ['fashion', 'Fashion Boutique'],
    ]) {
      const answer = await platform.ask({
        host: `${code}.localhost:{port}`,
        path: '/admin/',
      });
      expect([answer.status, answer.headers['location']]).toEqual([302, '/admin/sign-in']);
      const signIn = await platform.ask({ host: `${code}.localhost:{port}`, path: '/admin/sign-in' });
      expect(signIn.headers['content-type']).toContain('text/html');
      expect(signIn.text).toContain(`Only people who work for this shop can open it`);
      expect(signIn.text).toContain(name);
    }
  });

  it('names the tenant schema in a header', async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore' });

    expect((await platform.ask({ host: 'techstore.localhost', path: '/data' })).headers['x-tenant-schema']).toBe(
      'techstore',
    );
    expect((await platform.ask({ host: 'localhost', path: '/schema-info' })).headers['x-tenant-schema']).toBe('public');
  });

  it('is left out in production', async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore', flags: ['--mode', 'production'] });

    const answer = await platform.ask({ host: 'techstore.localhost', path: '/data' });
    expect(answer.status).toBe(404);
    expect(answer.headers['x-tenant-schema']).toBeUndefined();
  });
});
