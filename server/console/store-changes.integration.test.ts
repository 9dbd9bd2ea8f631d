/** Changing stores from several windows, and what the console says while a store is being typed. */
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditedChanges } from '../testing/platform-rows.ts';
import { BOTH_ENGINES, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const HTML = { Accept: 'text/html' };

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly version: number;
  readonly current: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

const call = async (platform: TestPlatform, method: string, path: string, body?: unknown) => {
  const answer = await platform.askConsole({ method, path, ...(body === undefined ? {} : { body }) });
  return { httpStatus: answer.status, ...answer.json<Answer>() };
};
const patch = (platform: TestPlatform, body: unknown, code = 'books') =>
  call(platform, 'PATCH', `/api/stores/${code}`, body);
const create = (platform: TestPlatform, body: object) => call(platform, 'POST', '/api/stores', body);
const home = async (platform: TestPlatform, code = 'books') =>
  (await platform.ask({ host: `${code}.localhost`, headers: HTML })).text;

describe.each(BOTH_ENGINES)('changing a store on %s', (backend) => {
  it('shows at once, in the store itself, and counts up', async () => {
    const platform = await startTestPlatform({ backend });
    const made = await create(platform, { name: 'Books' });
    expect(await home(platform)).toContain('>Books<');

    const changed = await patch(platform, { version: made.version, name: ' Old Books ', color: '#AA0000' });

    expect(changed).toMatchObject({ httpStatus: 200, name: 'Old Books', color: '#aa0000', version: 2, code: 'books' });
    expect(await home(platform)).toContain('<h1 id="hero-heading">Old Books</h1>');
    expect(await home(platform)).toContain('--color-primary:#aa0000');
    expect(await patch(platform, { version: 2, name: 'Old Books' })).toMatchObject({ httpStatus: 200, version: 2 });
    expect(await patch(platform, {})).toMatchObject({ httpStatus: 200, version: 2 });
    expect(await auditedChanges(platform, 'store.update')).toEqual([{ name: 'Old Books', color: '#aa0000' }]);
  });

  it('from two windows: the second is refused with both values, and nothing of it is kept', async () => {
    const platform = await startTestPlatform({ backend });
    const { version } = await create(platform, { name: 'Books', color: '#112233' });

    expect((await patch(platform, { version, name: 'First', isActive: false })).httpStatus).toBe(200);
    const late = await patch(platform, { version, name: 'Second', color: '#112233', isActive: true });

    expect(late).toMatchObject({
      httpStatus: 409,
      code: 'version_conflict',
      current: { code: 'books', name: 'First', version: version + 1, isActive: false, color: '#112233' },
    });
    expect(late.detail).toContain('its name is now "First", this change says "Second"');
    expect(late.detail).toContain('it is now closed');
    expect(late.detail).not.toContain('colour');
    expect(await call(platform, 'GET', '/api/stores/books')).toMatchObject({ name: 'First', isActive: false });
    expect(await patch(platform, { version: late.current['version'], name: 'Second' })).toMatchObject({
      name: 'Second',
      isActive: false,
    });
  });

  it('by many at the same moment: one of one version wins', async () => {
    const platform = await startTestPlatform({ backend });
    const { version } = await create(platform, { name: 'Books' });

    const answers = await Promise.all(['A', 'B', 'C', 'D'].map((name) => patch(platform, { version, name })));

    expect(answers.map(({ httpStatus }) => httpStatus).sort()).toEqual([200, 409, 409, 409]);
  });

  it('names every fault at once, and changes nothing', async () => {
    const platform = await startTestPlatform({ backend });
    await create(platform, { name: 'Books' });
    const fields = async (body: unknown) => (await patch(platform, body)).errors.map(({ field }) => field);

    expect(await fields({ name: 'Books\u0000', color: 'red' })).toEqual(['name', 'color']);
    expect(await fields({ name: 'x'.repeat(101) })).toEqual(['name']);
    expect(await fields({ isActive: 'yes', version: 1.5, code: 'other' })).toEqual(['version', 'isActive', 'code']);
    expect(await patch(platform, '[1')).toMatchObject({ httpStatus: 400, code: 'body_invalid' });
    expect(await patch(platform, { name: 'X' }, 'nobody')).toMatchObject({ httpStatus: 404, code: 'store_not_found' });
    expect(await call(platform, 'GET', '/api/stores/books')).toMatchObject({ name: 'Books', version: 1 });
  });
});

describe('a new store', () => {
  it('of a catalogue keeps its colours, unless a colour was chosen', async () => {
    const platform = await startTestPlatform();
    await create(platform, { name: 'Plain', catalogue: 'techstore' });
    await create(platform, { name: 'Chosen', catalogue: 'techstore', color: '#C0FFEE' });

    expect(await home(platform, 'plain')).not.toContain('--color-primary:#c0ffee');
    const chosen = await home(platform, 'chosen');
    expect(chosen).toContain('--color-primary:#c0ffee');
    expect(chosen).toContain('--color-accent:#c0ffee');
    expect(chosen).toContain('Laptop');
  });

  it('without goods says so under its name, and has no dead links', async () => {
    const platform = await startTestPlatform();
    await create(platform, { name: 'Books & <Co>' });
    const page = await home(platform, 'books-co');

    expect(page).toContain('<h1 id="hero-heading">Books &amp; &lt;Co&gt;</h1>');
    expect(page).toContain('The first products will appear here.');
    for (const [, href = ''] of page.matchAll(/<a[^>]* href="(\/[^"]*)"/g))
      expect((await platform.ask({ host: 'books-co.localhost', path: href, headers: HTML })).status, href).toBe(200);
  });
});

describe('POST /api/stores/check', () => {
  const check = async (platform: TestPlatform, body: unknown) =>
    (await platform.askConsole({ method: 'POST', path: '/api/stores/check', body })).json<{
      code: string;
      suggestedCode: string;
      faults: { field: string; message: string }[];
      urls: { subdomain: string; domains: string[] };
    }>();

  it('says of every input exactly what making it would say', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    await create(platform, { name: 'Gone', domains: ['gone.example'] });
    await call(platform, 'DELETE', '/api/stores/gone');
    const inputs = [
      {
        name: '',
        code: 'a b',
        currency: 'XX',
        color: 'red',
        ownerEmail: 'nobody',
        domains: ['1.2.3.4', 'x.localhost'],
      },
      { name: 'Techstore', code: ' TechStore ' },
      { name: 'X', code: 'admin' },
      { name: 'X', code: 'gone', domains: ['new.example', 'GONE.example.'] },
      { name: 'X', code: 'fine', domains: ['a.example', 'a.example'] },
      { name: '\u{1F9F8}'.repeat(60), code: 'x'.repeat(51) },
    ];

    for (const input of inputs) {
      const { faults } = await check(platform, input);
      expect(faults.length, JSON.stringify(input)).toBeGreaterThan(0);
      expect((await create(platform, input)).errors, JSON.stringify(input)).toEqual(faults);
    }
    expect((await platform.parts.stores.list()).map(({ code }) => code)).toEqual(['techstore']);
  });

  it.each([
    ['Corner Books', 'corner-books'],
    ['Techstore', 'techstore-2'],
    ['Admin', 'admin-store'],
    ['pg shop', 'store-pg-shop'],
    ['A', 'a-store'],
    ['Ünï Çödé!', 'uni-code'],
    ['', ''],
    ['東京', ''],
    [`${'long '.repeat(19)}`, 'long-long-long-long-long-long-long-long-long-long'],
  ])('suggests for "%s" a code that can be had: %s', async (name, expected) => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const { suggestedCode, code, urls } = await check(platform, { name });

    expect(suggestedCode).toBe(expected);
    expect(code).toBe(expected);
    if (expected === '') return;
    expect(urls.subdomain).toBe(`http://${expected}.localhost:${platform.port}/`);
    expect((await create(platform, { name, code: suggestedCode })).httpStatus).toBe(201);
    expect((await check(platform, { name })).suggestedCode).not.toBe(expected);
  });

  it('wants nothing to be there, and makes nothing', async () => {
    const platform = await startTestPlatform();

    expect(await check(platform, {})).toMatchObject({ code: '', suggestedCode: '', faults: [] });
    expect(await check(platform, { code: 'abc', domains: ['a.example'] })).toMatchObject({
      faults: [],
      urls: { domains: [`http://a.example:${platform.port}/`] },
    });
    expect(await check(platform, { nmae: 'x' })).toMatchObject({ status: 422 });
    expect(await check(platform, { name: 5 })).toMatchObject({ status: 422 });
    expect(await platform.parts.stores.list()).toEqual([]);
  });
});

describe('GET /api/stores/{code}', () => {
  it.each([
    ['sqlite/database', 'stores/store_1.sqlite in the data folder'],
    ['sqlite/row', 'shared tables of stores/stores.sqlite in the data folder, rows with store_id 1'],
    ['postgres/row', 'shared tables of schema "stores", rows with store_id 1'],
    ['postgres/schema', 'schema "techstore"'],
    ['postgres/database', expect.stringMatching(/^database "test_\w+_store_1"$/)],
  ] as const)('gives people, figures and place on %s', async (backend, location) => {
    const platform = await startTestPlatform({ backend, fixtures: 'techstore' });
    const owner = { email: expect.stringContaining('@'), name: expect.any(String) };

    expect(await call(platform, 'GET', '/api/stores/techstore')).toMatchObject({
      owner,
      members: [{ ...owner, role: 'store_owner' }],
      figures: { products: 2, orders: expect.any(Number), customers: expect.any(Number) },
      dataError: null,
      location,
    });
  });

  it('says what is wrong with data that cannot be opened, and still lets the store be changed and removed', async () => {
    const { dataDir, stop } = await startTestPlatform({ fixtures: 'techstore' });
    await stop();
    truncateSync(join(dataDir, 'stores', 'store_1.sqlite'), 5000);
    const platform = await startTestPlatform({ dataDir });

    const detail = await call(platform, 'GET', '/api/stores/techstore');
    expect(detail).toMatchObject({ httpStatus: 200, figures: null });
    expect(detail).toHaveProperty('dataError', expect.stringContaining('is damaged. Restore a backup.'));
    expect(await patch(platform, { name: 'Broken' }, 'techstore')).toMatchObject({ httpStatus: 200, name: 'Broken' });
    expect(await call(platform, 'DELETE', '/api/stores/techstore?permanently=true')).toMatchObject({ httpStatus: 200 });
  });
});

it('GET /api/stores asks the database as often for many stores as for one', async () => {
  const platform = await startTestPlatform();
  const statements = async () => {
    const listed = await platform.askConsole({ path: '/api/stores' });
    const trace = await platform.askConsole({ path: `/api/requests/${listed.headers['x-request-id']}` });
    return trace.json<{ sql: unknown[] }>().sql.length;
  };
  await create(platform, { name: 'One', domains: ['one.example'] });
  const few = await statements();
  for (const name of ['Two', 'Three', 'Four']) await create(platform, { name, domains: [`${name}.example`] });

  expect(await statements()).toBe(few);
  const { stores } = (await platform.askConsole({ path: '/api/stores' })).json<{ stores: { domains: string[] }[] }>();
  expect(stores.map(({ domains }) => domains)).toEqual([
    ['one.example'],
    ['two.example'],
    ['three.example'],
    ['four.example'],
  ]);
});

describe('catalogues', () => {
  it('are listed with what they hold, and their pictures can be seen', async () => {
    const platform = await startTestPlatform();
    const { catalogues } = (await platform.askConsole({ path: '/api/catalogues' })).json<{
      catalogues: { name: string; products: number; picture: string | null }[];
    }>();

    expect(catalogues.map(({ name, products }) => [name, products])).toEqual([
      ['empty', 0],
      ['fashion', 2],
      ['orion', 27],
      ['techstore', 2],
    ]);
    for (const { picture } of catalogues) {
      if (picture === null) continue;
      expect((await platform.askConsole({ path: picture })).headers).toMatchObject({ 'content-type': 'image/webp' });
      expect((await platform.ask({ host: 'admin.localhost', path: picture })).status).toBe(401);
    }
  });

  it.each(['empty', 'nosuch', '..', '%2e%2e', '..%2f..%2fplatform', 'orion%00', 'orion/../../..'])(
    'give no picture for %s',
    async (name) => {
      const platform = await startTestPlatform();
      const answer = await platform.askConsole({ path: `/api/catalogues/${name}/picture` });

      expect([400, 404]).toContain(answer.status);
    },
  );
});

it('a body is taken up to 1 MB, and up to 4 MB where a logo may be inside', async () => {
  const platform = await startTestPlatform();
  const big = { name: 'x'.repeat(1_500_000) };

  expect(await call(platform, 'POST', '/api/stores/check', big)).toMatchObject({
    httpStatus: 413,
    code: 'body_too_large',
  });
  expect(await create(platform, big)).toMatchObject({ httpStatus: 422 });
  expect(await patch(platform, { name: 'x'.repeat(4_300_000) })).toMatchObject({
    httpStatus: 413,
    detail: expect.stringContaining('4 MB'),
  });
});
