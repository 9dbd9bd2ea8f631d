/** Protects sending requests again: as another store, role, way and theme, changed, and to this server alone. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperationOutput } from '../contract/operations.ts';
import { sessions } from '../database/platform-tables.ts';
import { callOperation, expectOperation } from '../testing/call-operation.ts';
import { platformOf } from '../testing/platform-rows.ts';
import { addDomain, startSecure } from '../testing/secure-platform.ts';
import { shareUntilEnd, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

let platform: TestPlatform;

beforeAll(
  () =>
    shareUntilEnd(async (onEnd) => {
      platform = await startTestPlatform({ fixtures: 'techstore,fashion', onEnd });
    }),
  60_000,
);

const HTML = { Accept: 'text/html', Cookie: 'theme=dark; secret_session=1' };

/** Asks a store, and gives the id of what was recorded. */
async function recorded(
  path: string,
  ask: { host?: string; method?: string; headers?: Record<string, string>; body?: unknown } = {},
) {
  const answer = await platform.ask({ host: 'techstore.localhost:{port}', path, headers: HTML, ...ask });
  const id = answer.headers['x-request-id'] ?? '';
  await expect.poll(() => platform.parts.recorder.get(id)).not.toBeNull();
  return id;
}

const resend = (id: string, body: object = {}): Promise<OperationOutput<'resendRequest'>> =>
  expectOperation(platform, 'resendRequest', { params: { id }, body });

async function refusal(
  id: string,
  body: object,
): Promise<{ status: number; code: string; detail: string; errors?: { field: string }[] }> {
  return (await callOperation(platform, 'resendRequest', { params: { id }, body })).json();
}

describe('resendRequest', () => {
  it('sends the same again, marks it, and finds nothing different', async () => {
    // The first page of a store reads what is kept afterwards.
    await recorded('/products');
    const id = await recorded('/products');

    const { requestId, comparison } = await resend(id);

    expect(comparison.status).toEqual({ left: 200, right: 200 });
    expect(comparison.body).toEqual([]);
    expect(comparison.summary).toContain('Both answered 200, with the same headers, body and SQL.');
    expect(comparison.right).toMatchObject({
      requestId,
      origin: 'resent',
      resentFrom: id,
      store: { code: 'techstore' },
    });
    expect(platform.parts.resends.find(requestId)).toBeNull();
  });

  it('asks for the same page of another store, whose answer differs', async () => {
    const id = await recorded('/');

    const { comparison } = await resend(id, { store: 'fashion' });

    expect(comparison.right).toMatchObject({ store: { code: 'fashion' }, mode: 'subdomain', path: '/' });
    expect(comparison.right.host).toBe(`fashion.localhost:${platform.port}`);
    expect(comparison.body?.some(({ kind, text }) => kind === 'added' && text.includes('Fashion Boutique'))).toBe(true);
    // What belongs to one host is not sent to another.
    expect(comparison.right.requestHeaders).not.toHaveProperty('cookie');
    const changed = comparison.headers.filter((header) => !header.isVolatile && header.left !== header.right);
    expect(changed.map(({ name }) => name)).toContain('x-store-code');
  });

  it.each([
    ['path_based', '/storefront/techstore/products?page=1'],
    ['subdomain', '/products?page=1'],
  ] as const)('asks by %s', async (mode, path) => {
    const id = await recorded('/products?page=1');

    const { comparison } = await resend(id, { mode });

    expect(comparison.right).toMatchObject({ mode, path, status: 200, store: { code: 'techstore' } });
  });

  it('asks by a custom domain, where the store has one', async () => {
    await addDomain(platform, 'fashion', 'fashion.example');
    const id = await recorded('/products');

    const { comparison } = await resend(id, { mode: 'custom_domain', store: 'fashion' });

    const host = `fashion.example:${platform.port}`;
    expect(comparison.right).toMatchObject({ mode: 'custom_domain', host, status: 200, store: { code: 'fashion' } });
  });

  it('asks by header, which needs a member, as the owner', async () => {
    const id = await recorded('/api/v1/store');

    const anonymous = await resend(id, { mode: 'header' });
    const owner = await resend(id, { mode: 'header', role: 'store_owner' });

    expect(anonymous.comparison.right).toMatchObject({ mode: 'header', status: 401 });
    expect(owner.comparison.right).toMatchObject({ mode: 'header', status: 200, role: 'store_owner' });
  });

  it('acts as somebody of the store for one request alone', async () => {
    const id = await recorded('/admin/', { headers: { Accept: 'text/html' } });

    const { comparison } = await resend(id, { role: 'store_owner' });

    expect(comparison.status).toEqual({ left: 302, right: 200 });
    expect(comparison.right.actor).toMatch(/@/);
    expect(await refusal(id, { role: 'store_staff' })).toMatchObject({ status: 409, code: 'member_missing' });
    expect(await platformOf(platform).table(sessions).find({})).toEqual([]);
  });

  it("shows a page with another store's theme, and keeps nothing of it", async () => {
    const id = await recorded('/');

    const { comparison } = await resend(id, { theme: 'fashion' });
    const after = await resend(id);

    expect(comparison.right.store?.code).toBe('techstore');
    expect(comparison.body?.some(({ kind, text }) => kind === 'added' && text.includes('--color'))).toBe(true);
    expect(after.comparison.body).toEqual([]);
  });

  it('sends what was changed by hand', async () => {
    const id = await recorded('/products');

    const { comparison } = await resend(id, {
      method: 'post',
      url: '/api/v1/nothing?q=a b',
      headers: { 'Content-Type': 'application/json', 'X-Extra': 'yes', Connection: 'close' },
      body: '{"name":"Čaj"}',
    });

    expect(comparison.right).toMatchObject({ method: 'POST', path: '/api/v1/nothing?q=a%20b', status: 404 });
    expect(comparison.right.requestHeaders).toMatchObject({ 'x-extra': 'yes', 'content-length': '15' });
    expect(comparison.right.requestBody?.text).toBe('{"name":"Čaj"}');
    expect(comparison.summary).toContain('Left out: connection');
  });

  it('sends a body again as it came, secrets included', async () => {
    const id = await recorded('/api/v1/nothing', { method: 'POST', body: { name: 'x', password: 'hunter2' } });
    const original = await expectOperation(platform, 'getRequest', { params: { id } });

    const { comparison } = await resend(id);

    expect(original.requestBody?.text).not.toContain('hunter2');
    expect(comparison.right.requestBody?.text).toBe(original.requestBody?.text);
    expect(comparison.right.requestBody?.bytes).toBe(original.requestBody?.bytes);
  });

  it('names every fault of what was changed at once', async () => {
    const id = await recorded('/');

    const problem = await refusal(id, { method: 'NOPE', url: 'ftp://x/', headers: { 'a b': 'x', ok: 'line\nbreak' } });

    expect(problem.status).toBe(422);
    expect(problem.errors?.map(({ field }) => field)).toEqual(['method', 'url', 'headers.a b', 'headers.ok']);
    expect(await refusal(id, { store: 'nosuch' })).toMatchObject({ status: 422, errors: [{ field: 'store' }] });
    expect(await refusal(id, { theme: 'nosuch' })).toMatchObject({ status: 422, errors: [{ field: 'theme' }] });
    expect(await refusal(id, { mode: 'custom_domain' })).toMatchObject({ status: 422, errors: [{ field: 'mode' }] });
    expect(await refusal(id, { mode: 'header' })).toMatchObject({ status: 422, errors: [{ field: 'mode' }] });
    expect(await refusal('nothing', {})).toMatchObject({ status: 404 });
  });

  it('repeats what the console asked, but changes nothing by a click', async () => {
    const read = (await platform.askConsole({ path: '/api/server' })).headers['x-request-id'] ?? '';
    const change =
      (await platform.askConsole({ path: '/api/sign-in-links', method: 'POST' })).headers['x-request-id'] ?? '';
    await expect.poll(() => platform.parts.recorder.get(change)).not.toBeNull();

    expect((await resend(read)).comparison.status).toEqual({ left: 200, right: 200 });
    expect((await resend(read, { role: 'anonymous' })).comparison.status.right).toBe(401);
    expect(await refusal(change, {})).toMatchObject({ status: 409, code: 'console_change' });
    expect((await resend(change, { method: 'POST' })).comparison.status.right).toBe(201);
    const sending = (await callOperation(platform, 'resendRequest', { params: { id: read }, body: {} })).headers[
      'x-request-id'
    ];
    const url = `http://admin.localhost:${platform.port}`;
    for (const path of [undefined, '/api//requests/send', '/api/requests/%73end']) {
      const input = { method: 'POST', ...(path ? { url: url + path } : {}) };
      expect(await refusal(sending ?? '', input)).toMatchObject({ status: 409, code: 'console_change' });
    }
  });
});

describe('sendRequest', () => {
  it('sends what was made up', async () => {
    const body = { method: 'GET', url: `http://fashion.localhost:${platform.port}/api/v1/store` };

    const sent = await expectOperation(platform, 'sendRequest', { body });

    expect(sent.status).toBe(200);
    expect(JSON.parse(sent.body?.text ?? '')).toMatchObject({ code: 'fashion' });
    expect(platform.parts.recorder.get(sent.requestId)).toMatchObject({ origin: 'resent', resentFrom: null });
  });

  it('asks this server alone, whatever the address says', async () => {
    let asked = 0;
    const other = createServer((_request, response) => {
      asked += 1;
      response.end('secret');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;

    const byAddress = await expectOperation(platform, 'sendRequest', {
      body: { method: 'GET', url: `http://127.0.0.1:${port}/` },
    });
    const byName = await expectOperation(platform, 'sendRequest', {
      body: { method: 'GET', url: 'http://shop.example/' },
    });
    other.close();

    expect([byAddress.status, byName.status, asked]).toEqual([421, 421, 0]);
  });

  it('comes by https where that is asked for', async () => {
    const secure = await startSecure('techstore');
    const url = `https://techstore.localhost:${secure.securePort}/api/v1/store`;

    const { requestId } = await expectOperation(secure, 'sendRequest', { body: { method: 'GET', url } });

    expect(secure.parts.recorder.get(requestId)).toMatchObject({ scheme: 'https', status: 200 });
  });

  it('ends a stream of events, and says so', async () => {
    const body = {
      method: 'GET',
      url: `http://admin.localhost:${platform.port}/api/events`,
      headers: { Authorization: `Bearer ${platform.parts.controlToken}` },
    };

    const sent = await expectOperation(platform, 'sendRequest', { body });

    expect(sent.status).toBe(200);
  });
});

describe('compareRequests and copyRequest', () => {
  it('compares any two, and writes each down in three ways', async () => {
    const [left, right] = [await recorded('/products'), await recorded('/nothing-here')];

    const comparison = await expectOperation(platform, 'compareRequests', { params: { id: left, other: right } });
    const copy = (format: string) =>
      expectOperation(platform, 'copyRequest', { params: { id: left }, query: { format } });

    expect(comparison.summary).toContain('Status 200 became 404.');
    expect((await copy('curl')).text).toContain(`--resolve 'techstore.localhost:${platform.port}:127.0.0.1'`);
    expect((await copy('fetch')).text).toContain('await fetch("http://techstore.localhost');
    const report = (await copy('report')).text;
    expect(report).toContain('## Who answered, and why');
    expect(report).toContain('SELECT');
    expect(report).not.toContain('secret_session=1');
    expect(
      (await callOperation(platform, 'copyRequest', { params: { id: left }, query: { format: 'x' } })).status,
    ).toBe(422);
  });
});
