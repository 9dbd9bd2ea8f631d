/** The owner's pages of domains, as forms: who may use them, what is kept when something is wrong, and what is never told. */
import { describe, expect, it } from 'vitest';
import { memberships } from '../../database/platform-tables.ts';
import { expectOperation } from '../../testing/call-operation.ts';
import type { Answer } from '../../testing/http.ts';
import { platformOf } from '../../testing/platform-rows.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

interface Dashboard {
  readonly platform: TestPlatform;
  get(path: string): Promise<Answer>;
  post(
    path: string,
    form?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** From here on the person only works for the shop. */
  makeStaff(): Promise<void>;
}

/** Two stores; the owner of the first is signed in. */
async function open(): Promise<Dashboard> {
  const platform = await startTestPlatform();
  for (const name of ['Books', 'Toys'])
    await expectOperation(platform, 'createStore', { body: { name, ownerEmail: `${name}@shop.test` } });
  const { parts } = platform;
  const [member] = await parts.stores.members(1);
  const token = await parts.sessions.begin({ kind: 'staff', userId: member?.id ?? '', storeId: 1 });
  const host = 'books.localhost:{port}';
  const cookie = { Cookie: `orion_staff_${platform.port}=${token}`, Accept: 'text/html' };
  return {
    platform,
    get: (path) => platform.ask({ host, path, headers: cookie }),
    post: (path, form = {}, headers = {}) =>
      platform.ask({
        host,
        path,
        method: 'POST',
        headers: { ...cookie, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      }),
    async makeStaff() {
      await platformOf(platform).table(memberships).update({ storeId: 1 }, { role: 'store_staff' });
    },
  };
}

describe("the dashboard's pages of domains", () => {
  it('lead the owner from adding a domain to its removal, without a script', async () => {
    const { platform, get, post } = await open();
    expect((await get('/admin/domains')).text).toContain('The shop has no domain of its own yet.');

    const added = await post('/admin/domains', { domain: 'Shop.test', withTwin: 'on' });
    expect([added.status, added.headers['location']]).toEqual([303, '/admin/domains/shop.test']);
    const page = (await get('/admin/domains/shop.test')).text;
    expect(page).toContain('<code>_orion-verify</code>');
    expect(page).toContain('Nothing was checked yet.');

    await expectOperation(platform, 'playScenario', { body: { domain: 'shop.test', scenario: 'wrong_token' } });
    const checked = await post('/admin/domains/shop.test/verify', { method: 'dns' });
    expect(checked.headers['location']).toBe('/admin/domains/shop.test#checks');
    expect((await get('/admin/domains/shop.test')).text).toContain('orion-verify=0123456789abcdef0123456789abcdef');

    await expectOperation(platform, 'playScenario', { body: { domain: 'shop.test', scenario: 'correct' } });
    await post('/admin/domains/shop.test/verify', { method: 'dns' });
    await post('/admin/domains/www.shop.test/primary');
    expect((await platform.ask({ host: 'www.shop.test:{port}' })).status).toBe(200);
    await post('/admin/domains/www.shop.test/deactivate');
    expect((await platform.ask({ host: 'www.shop.test:{port}' })).status).toBe(421);
    const removed = await post('/admin/domains/shop.test/remove');
    expect([removed.status, removed.headers['location']]).toEqual([303, '/admin/domains']);
    expect((await get('/admin/domains/shop.test')).status).toBe(404);
  });

  it('show what was wrong beside what was typed, and nothing of other stores', async () => {
    const { platform, post } = await open();
    const body = { domain: 'taken.test', withTwin: false };
    await expectOperation(platform, 'addDomain', { params: { code: 'toys' }, body });

    const wrong = await post('/admin/domains', { domain: '<b>"co.uk' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="&lt;b&gt;&#34;co.uk"');
    expect(wrong.text).toContain('aria-invalid="true"');
    // It was not ticked, and stays so.
    expect(wrong.text).not.toMatch(/name="withTwin" checked/);

    const taken = await post('/admin/domains', { domain: 'taken.test' });
    expect(taken.status).toBe(409);
    expect(taken.text).toContain('taken.test is taken on this platform');
    expect(taken.text.toLowerCase()).not.toContain('toys');

    await post('/admin/domains', { domain: 'mine.test' });
    const early = await post('/admin/domains/mine.test/primary');
    expect(early.status).toBe(409);
    expect(early.text).toContain('cannot be the primary domain while it is not verified');
    expect((await post('/admin/domains/taken.test/remove')).status).toBe(404);
    expect((await post('/admin/domains/mine.test/administrator')).status).toBe(404);
  });

  it('never trust a form that says it was checked by the administrator', async () => {
    const { platform, post } = await open();
    await post('/admin/domains', { domain: 'mine.test' });

    await post('/admin/domains/mine.test/verify', { method: 'administrator' });

    expect((await platform.ask({ host: 'mine.test:{port}' })).status).toBe(421);
  });

  it('can be read, but not changed, by who only works for the shop', async () => {
    const { get, post, makeStaff } = await open();
    await post('/admin/domains', { domain: 'mine.test' });
    await makeStaff();

    expect((await get('/admin/domains')).text).toContain("Only the shop's owner can add");
    expect((await get('/admin/domains/mine.test')).text).not.toContain('<button class="button"');
    for (const path of ['', '/mine.test/verify', '/mine.test/remove', '/mine.test/deactivate'])
      expect((await post(`/admin/domains${path}`, { domain: 'more.test' })).status, path).toBe(403);
  });

  it('take no form from other sites, from strangers, or of another kind', async () => {
    const { platform, post } = await open();
    const form = { domain: 'evil.test' };

    const foreign = await post('/admin/domains', form, { Origin: 'http://evil.test' });
    const sibling = await post('/admin/domains', form, { 'Sec-Fetch-Site': 'same-site' });
    const stranger = await post('/admin/domains', form, { Cookie: '' });
    const json = await post('/admin/domains', form, { 'Content-Type': 'application/json' });
    const long = await post('/admin/domains', { domain: 'x'.repeat(20_000) });

    expect([foreign, sibling, stranger, json, long].map(({ status }) => status)).toEqual([403, 403, 401, 415, 413]);
    expect(await platform.parts.domains.find('evil.test')).toBeNull();
  });
});
