import { describe, expect, it } from 'vitest';
import { journey } from './app.ts';
import type { Resolution } from './tenancy/resolution.ts';
import { sendRaw } from './testing/http.ts';
import { ALL_BACKENDS, startTestPlatform, type TestPlatform } from './testing/test-platform.ts';

const HTML = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

it('goes through its middleware in this order (docs/REQUEST.md draws it)', async () => {
  const platform = await startTestPlatform();

  expect(journey(platform.parts).map(([name]) => name)).toEqual([
    'errors',
    'request-id',
    'observe',
    'health',
    'security-headers',
    'host-guard',
    'https',
    'assets',
    'store-context',
    'rate-limit',
    'theme',
    'store-database',
    'identity',
    'permissions',
    'area',
  ]);
});

describe('hosts', () => {
  it.each([
    ['127.0.0.1:{port}', 421],
    ['[::1]:{port}', 421],
    ['2130706433', 421],
    ['evil.example', 421],
    ['localhost.evil.example', 421],
    ['techstore.evil.example', 421],
    ['eviltechstore.example', 421],
    ['xn--techstore-x.example', 421],
    ['nosuch.localhost', 404],
    ['a.techstore.localhost', 404],
    ['admin@localhost', 400],
    ['localhost:99999', 400],
    ['TECHSTORE.LOCALHOST.:{port}', 200],
  ])('%s gets %i, for programs and for people', async (host, status) => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });

    const json = await platform.ask({ host, path: '/data' });
    const page = await platform.ask({ host, path: '/', headers: HTML });

    expect([json.status, page.status]).toEqual([status, status]);
    if (status === 200) return;
    expect(json.headers['content-type']).toContain('application/problem+json');
    expect(json.json()).toMatchObject({
      status,
      requestId: json.headers['x-request-id'],
      detail: expect.stringMatching(/\w+ \w+/),
    });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('Routing rules');
  });

  it('refuses a request without Host, with two, and with a whole URL', async () => {
    const { port } = await startTestPlatform({ fixtures: 'techstore' });
    const end = 'Connection: close\r\n\r\n';

    expect(await sendRaw(port, `GET / HTTP/1.1\r\n${end}`)).toMatch(/^HTTP\/1.1 400 [\s\S]*host_missing/);
    expect(await sendRaw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nHost: techstore.localhost\r\n${end}`)).toMatch(
      /^HTTP\/1.1 400 [\s\S]*host_repeated/,
    );
    expect(await sendRaw(port, `GET http://techstore.localhost/ HTTP/1.1\r\nHost: localhost\r\n${end}`)).toMatch(
      /^HTTP\/1.1 400 [\s\S]*target_invalid/,
    );
    expect(await sendRaw(port, `GET / HTTP/1.1\r\nHost: ${'a'.repeat(300)}.localhost\r\n${end}`)).toMatch(
      /^HTTP\/1.1 400 [\s\S]*host_too_long/,
    );
  });

  it('lists near matches of an unknown store in development, and not in production', async () => {
    const development = await startTestPlatform({ fixtures: 'techstore' });
    const production = await startTestPlatform({ fixtures: 'techstore', flags: ['--mode', 'production'] });

    expect((await development.ask({ host: 'techstor.localhost' })).json()).toMatchObject({
      nearMatches: ['techstore'],
    });
    expect((await production.ask({ host: 'techstor.localhost' })).text).not.toContain('"techstore"');
  });
});

describe('paths', () => {
  it.each([
    ['/products%2Flaptop', 400, 'path_encoded_slash'],
    ['/a%5Cb', 400, 'path_encoded_slash'],
    ['/../etc/passwd', 400, 'path_dot_segment'],
    ['/%2e%2e/fashion', 400, 'path_dot_segment'],
    ['/a%00', 400, 'path_control_character'],
    ['/%ff', 400, 'path_encoding'],
    ['/%', 400, 'path_encoding'],
    [`/${'a'.repeat(3000)}`, 400, 'path_too_long'],
    ['/media/../../store_2/logo.svg', 400, 'path_dot_segment'],
    ['/media/nothing.webp', 404, 'not_found'],
    ['/nothing', 404, 'not_found'],
  ])('%s gets %i %s', async (path, status, code) => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });

    expect((await platform.ask({ host: 'techstore.localhost', path })).json()).toMatchObject({ status, code });
  });

  it('sends two slashes to one, letter case to lower case, and never to another host', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const location = async (host: string, path: string) => (await platform.ask({ host, path })).headers['location'];

    expect(await location('techstore.localhost', '//evil.example/x?q=1')).toBe('/evil.example/x?q=1');
    expect(await location('localhost', '/storefront/TechStore/products')).toBe('/storefront/techstore/products');
  });
});

describe('methods and bytes that no page has', () => {
  it.each([
    ['techstore.localhost', 'POST', '/products', 405],
    ['techstore.localhost', 'PUT', '/api/v1/store', 405],
    ['techstore.localhost', 'OPTIONS', '/products/laptop', 405],
    ['localhost', 'POST', '/metrics', 404],
  ])('%s %s %s gets a problem document with %i', async (host, method, path, status) => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const answer = await platform.ask({ host, method, path });

    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({ status, requestId: expect.any(String) });
    if (status === 405) expect(answer.headers['allow']).toContain('GET');
  });

  it('raw control characters and letters in the request line are answered in words', async () => {
    const { port } = await startTestPlatform({ fixtures: 'techstore' });

    for (const target of ['/\u0000', '/caf\u00e9\u0001']) {
      expect(await sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toMatch(
        /^HTTP\/1.1 400 [\s\S]*request_unreadable/,
      );
    }
  });
});

describe('in production', () => {
  it('nobody but the console learns who the tenants are', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore', flags: ['--mode', 'production'] });

    for (const headers of [HTML, { Accept: 'application/json' }]) {
      for (const path of ['/', '/schema-info', '/metrics']) {
        const answer = await platform.ask({ host: 'localhost', path, headers });
        expect(answer.text, path).not.toMatch(/techstore/i);
      }
    }
    expect((await platform.askConsole({ path: '/metrics' })).text).toContain('http_requests_total');
  });

  it('a store whose data is gone says so without naming files', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore,fashion', flags: ['--mode', 'production'] });
    await platform.parts.backend.drop({ id: 1, code: 'techstore', schemaName: 'techstore' });

    const answer = await platform.ask({ host: 'techstore.localhost', path: '/', headers: HTML });
    expect(answer.status).toBe(503);
    expect(answer.text).not.toContain(platform.dataDir);
    expect((await platform.ask({ host: 'fashion.localhost', path: '/', headers: HTML })).status).toBe(200);
  });
});

describe.each(ALL_BACKENDS)('stores on %s', (backend) => {
  it('answer by subdomain, by path and its aliases, by custom domain and by header, with their own data', async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore,orion' });
    const names = async (host: string, path: string) => (await platform.ask({ host, path, headers: HTML })).text;

    for (const [host, path] of [
      ['techstore.localhost', '/products'],
      ['techstore.localhost', '/shop/products'],
      ['techstore.localhost', '/storefront/products'],
      ['localhost', '/storefront/techstore/products'],
      ['localhost', '/stores/techstore/shop/products'],
      ['localhost', '/stores/techstore/storefront/products'],
    ] as const) {
      const html = await names(host, path);
      expect(html, host + path).toContain('Laptop');
      expect(html, host + path).toContain('rel="canonical" href="http://techstore.localhost/products"');
      expect(html, host + path).not.toContain('Orion Shop');
    }
    expect(await names('orion.lu', '/')).toContain('Orion Shop');
  });

  it('leave the SQL of each request in its record, and nothing that only brackets it', async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore,fashion' });
    const paths = ['/products', '/products/laptop', '/pages/about'];
    await Promise.all(paths.map((path) => platform.ask({ host: 'techstore.localhost', path, headers: HTML })));

    for (const { requestId, path } of platform.parts.recorder.list({ limit: 10, offset: 0 }).requests) {
      const trace = platform.parts.recorder.get(requestId);
      const statements = trace && trace !== 'dropped' ? trace.sql.map(({ sql }) => sql) : [];
      expect(statements.filter((text) => text.includes('"store_id"')).length, path).toBeGreaterThan(0);
      expect(statements.filter((text) => !/^SELECT .* FROM /.test(text))).toEqual([]);
    }
  });

  it('give the API of the platform host to members alone', async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore,fashion' });
    const bearer = await bearerFor(platform, 'techstore');
    const askApi = (id: string, token?: string) =>
      platform.ask({
        host: 'localhost',
        path: '/api/v1/store',
        headers: { 'X-Store-ID': id, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      });

    expect((await askApi('store_1')).status).toBe(401);
    expect((await askApi('store_1', 'nonsense')).status).toBe(401);
    expect((await askApi('store_2', bearer)).json()).toMatchObject({ status: 403, code: 'cross_tenant' });
    expect((await askApi('store_1', bearer)).json()).toMatchObject({ code: 'techstore' });
    expect((await askApi('TechStore', bearer)).json()).toMatchObject({ code: 'techstore' });
    expect(
      (
        await platform.ask({ host: 'fashion.localhost', path: '/api/v1/store', headers: { 'X-Store-ID': 'store_1' } })
      ).json(),
    ).toMatchObject({ status: 400, code: 'tenant_mismatch' });
  });
});

async function bearerFor(platform: TestPlatform, code: string): Promise<string> {
  const link = (await platform.askConsole({ method: 'POST', path: `/api/stores/${code}/sign-in-links` })).json<{
    url: string;
  }>();
  const token = new URL(link.url).searchParams.get('token') ?? '';
  const headers = { 'X-Sign-In-Token': token };
  const session = (await platform.ask({ host: 'localhost', method: 'POST', path: '/api/v1/session', headers })).json<{
    token: string;
  }>();
  expect((await platform.ask({ host: 'localhost', method: 'POST', path: '/api/v1/session', headers })).status).toBe(
    401,
  );
  return session.token;
}

describe('the recorded ladder', () => {
  it.each([
    ['admin host', 'admin.localhost:{port}', '/', {}],
    ['admin path', 'localhost', '/admin', {}],
    ['custom domain', 'orion.lu', '/products', {}],
    ['subdomain', 'techstore.localhost:{port}', '/products', {}],
    ['subdomain of nobody', 'techstor.localhost', '/', {}],
    ['path', 'localhost', '/storefront/techstore', {}],
    ['path alias', 'localhost', '/stores/TECHSTORE/shop/', {}],
    ['path of nobody', 'localhost', '/storefront/nobody', {}],
    ['header', 'localhost', '/api/v1/store', { 'X-Store-ID': 'store_1' }],
    ['contradicting header', 'techstore.localhost', '/api/v1/store', { 'X-Store-ID': 'store_2' }],
    ['nothing', 'localhost', '/', {}],
    ['foreign host', 'evil.example', '/', {}],
    ['address', '127.0.0.1', '/', {}],
    ['bad host', 'a@localhost', '/', {}],
    ['bad path', 'localhost', '/%00', {}],
  ])('agrees with `why`: %s', async (_title, hostPattern, path, headers) => {
    const platform = await startTestPlatform({ fixtures: 'techstore,orion' });
    const host = hostPattern.replace('{port}', String(platform.port));
    const answer = await platform.ask({ host, path, headers });

    const recorded = (
      await platform.askConsole({ path: `/api/requests/${answer.headers['x-request-id']}` })
    ).json<Resolution>();
    const storeHeader = (headers as Record<string, string>)['X-Store-ID'];
    const explained = (
      await platform.askConsole({
        method: 'POST',
        path: '/api/why',
        body: { url: `http://${host}${path}`, host, ...(storeHeader ? { storeHeader } : {}) },
      })
    ).json<Resolution>();

    const comparable = ({ ladder }: Resolution) => ladder.map(({ durationMs: _ms, cached: _cached, ...rung }) => rung);
    expect(comparable(recorded)).toEqual(comparable(explained));
    expect([recorded.outcome, recorded.mode, recorded.area, recorded.cleanPath]).toEqual([
      explained.outcome,
      explained.mode,
      explained.area,
      explained.cleanPath,
    ]);
    expect(recorded.ladder).toHaveLength(5);
  });
});

describe('a trace', () => {
  it('holds the spans of the middleware and every statement with its time', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const answer = await platform.ask({
      host: 'techstore.localhost',
      path: '/products',
      headers: { ...HTML, Cookie: 'secret=1', Authorization: 'Bearer tell-nobody' },
    });
    const id = answer.headers['x-request-id'] ?? '';

    const trace = (await platform.askConsole({ path: `/api/requests/${id}` })).json<{
      spans: { name: string; durationMs: number; parent: number | null }[];
      sql: { sql: string; parameters: string; rows: number; durationMs: number; span: number }[];
      requestHeaders: Record<string, string>;
      route: string;
    }>();

    expect(trace.spans.map((span) => span.name)).toEqual([
      'health',
      'security-headers',
      'host-guard',
      'https',
      'assets',
      'store-context',
      'rate-limit',
      'theme',
      'store-database',
      'identity',
      'permissions',
      'area',
    ]);
    expect(trace.spans.every((span) => span.durationMs >= 0)).toBe(true);
    const select = trace.sql.find(({ sql }) => sql.includes('FROM "products"') && sql.includes('LIMIT'));
    expect(select).toMatchObject({ rows: 2 });
    expect(select?.sql).toContain('"store_id" = $2');
    expect(JSON.parse(select?.parameters ?? '{}')).toMatchObject({ $2: 1 });
    expect(trace.spans[select?.span ?? -1]?.name).toBe('area');
    expect([trace.requestHeaders['cookie'], trace.requestHeaders['authorization']]).toEqual(['…', '…']);
    expect(trace.route).toBe('/storefront/products');
    expect(JSON.stringify(trace)).not.toContain('tell-nobody');
  });

  it('is listed newest first, and can be filtered', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore,fashion' });
    await platform.ask({ host: 'techstore.localhost', path: '/' });
    await platform.ask({ host: 'fashion.localhost', path: '/nothing' });
    const list = async (query: string) =>
      (await platform.askConsole({ path: `/api/requests?${query}` }))
        .json<{ requests: { path: string; store: { code: string } | null }[] }>()
        .requests.map(({ path, store }) => `${store?.code} ${path}`);

    expect((await list('area=storefront')).slice(0, 2)).toEqual(['fashion /nothing', 'techstore /']);
    expect(await list('store=techstore')).toEqual(['techstore /']);
    expect(await list('status=4xx&store=fashion')).toEqual(['fashion /nothing']);
    expect(await list('text=NOTHING')).toEqual(['fashion /nothing']);
    expect((await platform.askConsole({ path: '/api/requests?before=abc&status=banana&mod=x' })).json()).toMatchObject({
      status: 422,
      errors: [{ field: 'status' }, { field: 'before' }, { field: 'mod' }],
    });
  });
});

describe('health and metrics', () => {
  it('answer at every host, live without the database', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });

    expect((await platform.ask({ host: '127.0.0.1', path: '/health/live' })).json()).toEqual({ status: 'ok' });
    expect((await platform.ask({ host: 'techstore.localhost', path: '/health/ready' })).json()).toMatchObject({
      status: 'ok',
      checks: { platform_database: { status: 'ok' }, store_backend: { status: 'ok' } },
    });
    expect((await platform.ask({ host: 'localhost', path: '/health' })).json()).toMatchObject({
      status: 'ok',
      engine: 'sqlite',
      modules: expect.any(Array),
    });
  });

  it('count requests by store and route under the agreed names, on the platform host only', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    await platform.ask({ host: 'techstore.localhost', path: '/products/laptop', headers: HTML });
    const { text } = await platform.ask({ host: 'localhost', path: '/metrics' });

    expect(text).toContain(
      'http_requests_total{store="techstore",route="/storefront/products/:handle",method="GET",status="200"} 1',
    );
    for (const name of [
      'http_request_duration_seconds_bucket',
      'http_requests_in_flight',
      'db_query_duration_seconds_bucket',
      'db_pool_connections',
      'tenant_resolution_total',
      'rate_limited_total',
      'store_storage_bytes{store="techstore"}',
      'scope_guard_violations_total',
      'process_cpu',
      'nodejs_',
    ])
      expect(text).toContain(name);
    expect((await platform.ask({ host: 'techstore.localhost', path: '/metrics' })).status).toBe(404);
  });
});

describe('limits', () => {
  it('of one store leave the other alone', async () => {
    const platform = await startTestPlatform({
      fixtures: 'techstore,fashion',
      flags: ['--api-requests-per-minute', '3'],
    });
    const status = async (code: string) =>
      (await platform.ask({ host: `${code}.localhost`, path: '/api/v1/store' })).status;

    expect([await status('techstore'), await status('techstore'), await status('techstore')]).toEqual([200, 200, 200]);
    const refused = await platform.ask({ host: 'techstore.localhost', path: '/api/v1/store' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await status('fashion')).toBe(200);
  });
});
