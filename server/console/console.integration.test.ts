import { describe, expect, it } from 'vitest';
import { BOTH_ENGINES, signInToConsole, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const HTML = { Accept: 'text/html' };
const ADMIN = 'admin.localhost:{port}';

async function signIn(platform: TestPlatform): Promise<string> {
  const { pathname, search } = new URL(platform.signIn);
  const answer = await platform.ask({ host: ADMIN, path: pathname + search, headers: HTML });
  expect(answer.status).toBe(200);
  return answer.headers['set-cookie'] ?? '';
}

describe('the console', () => {
  it('needs a sign-in, which the link gives once, in a cookie of its own host', async () => {
    const platform = await startTestPlatform();
    expect((await platform.ask({ host: ADMIN, headers: HTML })).status).toBe(401);
    expect((await platform.ask({ host: ADMIN, path: '/api/stores' })).json()).toMatchObject({
      status: 401,
      code: 'sign_in_required',
    });

    const cookie = await signIn(platform);

    expect(cookie.toLowerCase()).toContain('httponly');
    expect(cookie.toLowerCase()).toContain('samesite=strict');
    expect(cookie.toLowerCase()).not.toContain('domain=');
    const Cookie = cookie.split(';')[0] ?? '';
    expect((await platform.ask({ host: ADMIN, path: '/api/stores', headers: { Cookie } })).status).toBe(200);
    expect((await platform.ask({ host: ADMIN, headers: { ...HTML, Cookie } })).status).not.toBe(401);
    const { pathname, search } = new URL(platform.signIn);
    expect((await platform.ask({ host: ADMIN, path: pathname + search })).status).toBe(401);
  });

  it('takes nothing from other pages, whatever cookie comes along', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const Cookie = (await signIn(platform)).split(';')[0] ?? '';
    const status = async (headers: Record<string, string>, method = 'GET') =>
      (await platform.ask({ host: ADMIN, path: '/api/stores', method, headers: { Cookie, ...headers } })).status;

    expect(await status({ 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
    expect(await status({ 'Sec-Fetch-Site': 'same-site' })).toBe(403);
    expect(await status({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await status({ Origin: `http://techstore.localhost:${platform.port}` }, 'POST')).toBe(403);
    expect(await status({ Origin: 'null' }, 'POST')).toBe(403);
  });

  it('gives its API under one spelling: under another, a link of another site could open it', async () => {
    const platform = await startTestPlatform();
    const Cookie = await signInToConsole(platform);
    const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

    for (const path of ['/API/stores', '/Api/stores', '/api/Stores', '/API/events']) {
      const answer = await platform.ask({ host: ADMIN, path, headers: { Cookie, ...link } });
      expect([403, 404], path).toContain(answer.status);
    }
    expect((await platform.askConsole({ path: '/API/stores' })).status).toBe(404);
  });

  it('refuses a body that is not declared as JSON, instead of ignoring it', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const change = (type: string) =>
      platform.askConsole({
        method: 'PATCH',
        path: '/api/stores/techstore',
        body: '{"name":"Other"}',
        headers: { 'Content-Type': type },
      });

    for (const type of ['text/plain', 'application/x-www-form-urlencoded', ''])
      expect((await change(type)).json()).toMatchObject({ status: 415, code: 'body_not_json' });
    expect((await change('application/json; charset=utf-8')).json()).toMatchObject({ name: 'Other' });
    const withoutBody = { method: 'POST', path: '/api/sign-in-links', headers: { 'Content-Length': '0' } };
    expect((await platform.askConsole(withoutBody)).status).toBe(201);
  });

  it('is not reachable under any other host, and its secret opens nothing else', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const Authorization = `Bearer ${platform.parts.controlToken}`;

    for (const host of ['techstore.localhost', 'localhost', 'admin.evil.example', '127.0.0.1']) {
      const answer = await platform.ask({ host, path: '/api/stores', headers: { Authorization } });
      expect([401, 404, 421], host).toContain(answer.status);
    }
  });

  it('keeps secrets out of the traces', async () => {
    const platform = await startTestPlatform();
    await signIn(platform);

    const list = await platform.askConsole({ path: '/api/requests' });
    expect(list.text).toContain('token=…');
    expect(list.text).not.toContain(new URL(platform.signIn).searchParams.get('token'));
  });
});

describe.each(BOTH_ENGINES)('stores made through the console on %s', (backend) => {
  it('answer at once and are gone at once, in every look-up', async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore' });
    const page = (host: string, path = '/') => platform.ask({ host, path, headers: HTML });
    // Looked for before it exists: the cached "nobody" must not outlive the creation.
    expect((await page('books.localhost')).status).toBe(404);
    expect((await page('books.example')).status).toBe(421);

    const made = await platform.askConsole({
      method: 'POST',
      path: '/api/stores',
      body: { name: 'Books', catalogue: 'techstore', ownerEmail: 'B@x.test', domains: ['Books.Example.'] },
    });

    expect(made.status).toBe(201);
    expect(made.json()).toMatchObject({
      code: 'books',
      domains: ['books.example'],
      steps: [
        { step: 'validate' },
        { step: 'database' },
        { step: 'migrations' },
        { step: 'owner' },
        { step: 'domain' },
        { step: 'settings' },
        { step: 'ready' },
      ],
    });
    expect((await page('books.localhost', '/products')).text).toContain('Laptop');
    expect((await page('books.example')).status).toBe(200);
    expect((await page('localhost', '/storefront/books')).status).toBe(200);

    expect(
      (await platform.askConsole({ method: 'PATCH', path: '/api/stores/books', body: { isActive: false } })).json(),
    ).toMatchObject({ isActive: false });
    expect((await page('books.localhost')).status).toBe(503);
    expect((await platform.askConsole({ method: 'DELETE', path: '/api/stores/books' })).status).toBe(200);
    expect((await page('books.localhost')).status).toBe(404);
    expect((await page('books.example')).status).toBe(421);
    expect((await page('techstore.localhost')).status).toBe(200);
  });

  it('are refused with every fault at once, and leave nothing behind', async () => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore' });
    const create = async (body: object | string) =>
      (await platform.askConsole({ method: 'POST', path: '/api/stores', body })).json<{
        status: number;
        errors?: { field: string }[];
        code: string;
      }>();
    const fields = async (body: object) => (await create(body)).errors?.map((fault) => fault.field);

    expect(
      await fields({
        name: '',
        code: 'A b',
        currency: 'XX',
        color: 'red',
        ownerEmail: 'nobody',
        domains: ['1.2.3.4', 'shop.localhost'],
      }),
    ).toEqual(['name', 'code', 'currency', 'color', 'ownerEmail', 'domains[0]', 'domains[1]']);
    expect(await fields({ name: 'x', colour: 'red' })).toEqual(['colour']);
    for (const name of ['half \ud800', 'two\u2028lines', 'turned \u202e round', 'bell \u0007'])
      expect(await fields({ name, code: 'names', ownerEmail: 'a@b.test', ownerName: name }), name).toEqual([
        'name',
        'ownerName',
      ]);
    expect(await fields({ name: '\u200b', code: 'nothing' })).toEqual(['name']);
    const domains = Array.from({ length: 21 }, (_, index) => `d${index}.example`);
    expect(await fields({ name: 'Many', domains })).toEqual(['domains']);
    expect(await create({ name: 'Techstore', code: 'TECHSTORE' })).toMatchObject({ status: 409, code: 'name_taken' });
    expect(await create({ name: 'Admin' })).toMatchObject({ status: 422 });
    expect(await create('{"name":')).toMatchObject({ status: 400, code: 'body_invalid' });
    expect(await create({ name: 'Two', catalogue: 'nonsense' })).toMatchObject({ status: 404 });
    const load = await platform.askConsole({ method: 'POST', path: '/api/fixtures', body: { codes: ['empty'] } });
    expect(load.json()).toMatchObject({ status: 404, code: 'fixture_not_found' });
    expect(load.json<{ detail: string }>().detail).not.toMatch(/There are empty/);
    expect((await platform.askConsole({ path: '/api/stores' })).json<{ stores: unknown[] }>().stores).toHaveLength(1);
  });

  it('of the same name asked for at the same moment: one is made, the other is told', async () => {
    const platform = await startTestPlatform({ backend });

    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        platform.askConsole({ method: 'POST', path: '/api/stores', body: { name: 'Race' } }),
      ),
    );

    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
    expect((await platform.ask({ host: 'race.localhost', headers: HTML })).status).toBe(200);
  });

  it('with the same domain asked for at the same moment: one is made, the others are told at the field', async () => {
    const platform = await startTestPlatform({ backend });
    const bodies = Array.from({ length: 4 }, (_, index) => ({ name: `Race ${index}`, domains: ['race.example'] }));

    const answers = await Promise.all(
      bodies.map((body) => platform.askConsole({ method: 'POST', path: '/api/stores', body })),
    );

    const refused = answers.filter((answer) => answer.status !== 201);
    expect(refused).toHaveLength(3);
    for (const answer of refused)
      expect(answer.json()).toMatchObject({ code: 'name_taken', errors: [{ field: 'domains[0]' }] });
    expect((await platform.ask({ host: 'race.example', headers: HTML })).status).toBe(200);
  });

  it('whose names clash as schemas are refused', async () => {
    const platform = await startTestPlatform({ backend });
    await platform.askConsole({ method: 'POST', path: '/api/stores', body: { name: 'One', domains: ['one.example'] } });

    expect(
      (
        await platform.askConsole({
          method: 'POST',
          path: '/api/stores',
          body: { name: 'Two', domains: ['ONE.example'] },
        })
      ).json(),
    ).toMatchObject({ status: 409, errors: [{ field: 'domains[0]' }] });
  });
});
