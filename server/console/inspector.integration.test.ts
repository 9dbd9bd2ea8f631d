/** What of a request is recorded on a real server, and what can be changed about that. */
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RequestTrace } from '../contract/requests.ts';
import { callOperation, expectOperation } from '../testing/call-operation.ts';
import { type Answer, ask } from '../testing/http.ts';
import { consoleOf, killServer, startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { shareUntilEnd, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { watchEvents } from '../testing/watch-events.ts';

let platform: TestPlatform;
beforeAll(() =>
  shareUntilEnd(async (onEnd) => {
    platform = await startTestPlatform({ fixtures: 'techstore', logLevel: 'info', onEnd });
  }),
);

/** Everything of the request that an answer belongs to, when it is recorded. */
async function traceOf(answer: Answer, on = platform): Promise<RequestTrace> {
  const id = answer.headers['x-request-id'] ?? '';
  await vi.waitFor(() => expect(on.parts.recorder.get(id)).not.toBeNull());
  return expectOperation(on, 'getRequest', { params: { id } });
}
const shop = (path: string, more: object = {}) => platform.ask({ host: 'techstore.localhost:{port}', path, ...more });

/** The cookie of the store's owner. */
async function ownersCookie(): Promise<string> {
  const { url } = await expectOperation(platform, 'storeSignInLink', { params: { code: 'techstore' } });
  const { pathname, search } = new URL(url);
  const answer = await shop(pathname + search);
  return answer.headers['set-cookie']?.split(';')[0] ?? '';
}

describe('a recorded request', () => {
  it('says who asked: nobody, the console, or a member by role', async () => {
    const visitor = await traceOf(await shop('/products'));
    const owner = await traceOf(await shop('/admin/', { headers: { Cookie: await ownersCookie() } }));
    const console = await traceOf(await platform.askConsole({ path: '/api/server' }));
    const file = await traceOf(await shop('/favicon.ico'));

    expect([visitor.role, visitor.actor]).toEqual(['anonymous', null]);
    expect(owner.role).toBe('store_owner');
    expect(owner.actor).toContain('@');
    expect([console.role, console.actor]).toEqual(['console', 'command line']);
    expect(file.role === null || file.role === 'anonymous').toBe(true);
    const { requests } = await expectOperation(platform, 'listRequests', { query: { role: 'store_owner' } });
    expect(requests.every((one) => one.role === 'store_owner') && requests.length > 0).toBe(true);
  });

  it('keeps page, cookies and HTTP version, and no secret of any of them', async () => {
    const cookie = await ownersCookie();
    const answer = await shop('/search?q=mug&session=ZqSECRETqZ', {
      headers: { Cookie: `${cookie}; theme=dark`, 'X-Api-Key-Token': 'ZqSECRETqZ' },
    });
    const trace = await traceOf(answer);

    expect(trace.responseBody).toMatchObject({ text: answer.text.replaceAll('ZqSECRETqZ', '…'), note: null });
    expect(trace.responseBody?.contentType).toContain('text/html');
    expect(trace.cookies).toEqual([
      { name: cookie.split('=')[0], value: '…', direction: 'sent', attributes: '' },
      { name: 'theme', value: 'dark', direction: 'sent', attributes: '' },
    ]);
    expect([trace.scheme, trace.httpVersion]).toEqual(['http', '1.1']);
    expect(JSON.stringify(trace)).not.toContain('ZqSECRETqZ');
    expect(JSON.stringify(trace)).not.toContain(cookie.split('=')[1]);
  });

  it('masks what was sent as JSON, also when it is none, and links that sign in', async () => {
    const body = { name: 'x', password: 'ZqSECRETqZ', card: { number: 'ZqSECRETqZ' } };
    const refused = await traceOf(await platform.askConsole({ path: '/api/stores', method: 'POST', body }));
    const broken = await traceOf(
      await platform.askConsole({ path: '/api/stores', method: 'POST', body: '{"password": ZqSECRETqZ, "a": ' }),
    );
    const link = await platform.askConsole({ path: '/api/sign-in-links', method: 'POST' });
    const token = new URL(link.json<{ url: string }>().url).searchParams.get('token') ?? '';

    expect(refused.requestBody?.text).toBe('{"name":"x","password":"…","card":"…"}');
    expect(broken.requestBody?.text).toBe('{"password": "…", "a": ');
    expect(JSON.stringify([refused, broken])).not.toContain('ZqSECRETqZ');
    expect(token).not.toBe('');
    expect(JSON.stringify(await traceOf(link))).not.toContain(token);
  });

  it('has no body where there was none, and says why others were not kept', async () => {
    const head = await traceOf(await shop('/products', { method: 'HEAD' }));
    const asset = /(?:href|src)="(\/assets\/[^"]+)"/.exec((await shop('/')).text)?.[1] ?? '';
    const file = await traceOf(await shop(asset));
    const listing = await traceOf(await platform.askConsole({ path: '/api/requests' }));

    expect([head.requestBody, head.responseBody]).toEqual([null, null]);
    expect(file.responseBody).toMatchObject({ text: null, base64: null, keptBytes: 0 });
    expect(file.responseBody?.bytes).toBeGreaterThan(0);
    expect(file.responseBody?.note).toContain('left out');
    expect(listing.responseBody?.note).toContain('recorded requests');
  });

  it('shows a fault with what was thrown, its place in the source, and the lines of the log', async () => {
    vi.spyOn(platform.parts.fixtures, 'load').mockImplementationOnce(async () => {
      throw new TypeError('thrown on purpose');
    });
    const answer = await platform.askConsole({ path: '/api/fixtures', method: 'POST', body: { codes: ['orion'] } });
    const trace = await traceOf(answer);

    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('on purpose');
    expect(trace.flags).toContain('error');
    expect(trace.error).toMatchObject({ name: 'TypeError', message: 'thrown on purpose' });
    expect(trace.error?.source?.file).toBe('server/console/inspector.integration.test.ts');
    const { line = 0, excerpt = [] } = trace.error?.source ?? {};
    expect(excerpt.find((one) => one.line === line)?.text).toContain('thrown on purpose');
    expect(trace.logs).toMatchObject([{ level: 'error', requestId: trace.requestId }]);
  });

  it('is marked when it is slow, and can be found by that', async () => {
    await expectOperation(platform, 'changeInspector', { body: { slowRequestMs: 1 } });
    const trace = await traceOf(await shop('/products?sort=price'));
    await expectOperation(platform, 'changeInspector', { body: { slowRequestMs: 500 } });

    expect(trace.flags).toContain('slow');
    expect(trace.insights[0]?.message).toMatch(/^It took \d+ ms/);
    const { requests } = await expectOperation(platform, 'listRequests', {
      query: { flag: 'slow', store: 'techstore' },
    });
    expect(requests.map(({ requestId }) => requestId)).toContain(trace.requestId);
  });

  it('tells browsers where the time of a page went, in development alone', async () => {
    const timing = (await shop('/products')).headers['server-timing'];
    expect(timing).toMatch(
      /^total;dur=[\d.]+, database;dur=[\d.]+;desc="\d+ statements?", resolve;dur=.*theme;dur=.*page;dur=/,
    );
    expect((await platform.askConsole({ path: '/api/server' })).headers['server-timing']).toBeUndefined();

    const inProduction = await startTestPlatform({ flags: ['--mode', 'production'] });
    const { code } = await expectOperation(inProduction, 'createStore', { body: { name: 'Quiet' } });
    const page = await inProduction.ask({ host: `${code}.localhost:{port}`, path: '/products' });
    expect(page.headers['server-timing']).toBeUndefined();
    expect((await traceOf(page, inProduction)).responseBody).toBeNull();
  });
});

describe('the settings of the inspector', () => {
  it('are kept, checked, and told to every console', async () => {
    const told = watchEvents(platform, 'changed');
    const before = await expectOperation(platform, 'inspector');
    expect(before).toMatchObject({
      bodies: true,
      bodyKilobytes: 64,
      keepAcrossRestarts: false,
      otlpEndpoint: null,
      storedBytes: 0,
    });
    const after = await expectOperation(platform, 'changeInspector', { body: { bodyKilobytes: 1 } });
    const cut = await traceOf(await shop('/products'));
    await expectOperation(platform, 'changeInspector', { body: { bodies: false, bodyKilobytes: 64 } });
    const without = await traceOf(await shop('/products'));
    await expectOperation(platform, 'changeInspector', { body: { bodies: true } });

    expect(after.bodyKilobytes).toBe(1);
    expect(cut.responseBody).toMatchObject({ keptBytes: 1024, note: expect.stringContaining('Cut off: 1024 of') });
    expect(without.responseBody).toBeNull();
    expect(told()).toContainEqual({ what: 'inspector' });
    for (const body of [{ bodyKilobytes: 0 }, { otlpEndpoint: 'ftp://x' }, { surprise: 1 }])
      expect((await callOperation(platform, 'changeInspector', { body })).status).toBe(422);
  });

  it('send traces to a collector as soon as one is named', async () => {
    const received: string[] = [];
    const collector = createServer(async (req, res) => {
      received.push(await text(req));
      res.end('{}');
    });
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    onTestFinished(() => void collector.close());
    const otlpEndpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;
    await expectOperation(platform, 'changeInspector', { body: { otlpEndpoint } });
    const answer = await shop('/products', { headers: { Cookie: 'sid=ZqSECRETqZ' } });
    await vi.waitFor(() => expect(received.join()).toContain(answer.headers['x-request-id']), { timeout: 20_000 });
    await vi.waitFor(async () =>
      expect((await expectOperation(platform, 'inspector')).otlpState).toMatch(/traces were sent to http/),
    );
    await expectOperation(platform, 'changeInspector', { body: { otlpEndpoint: null } });

    expect(received.join()).toContain('http.response.status_code');
    expect(received.join()).not.toContain('ZqSECRETqZ');
  });

  it('hold saved filters, each name once', async () => {
    const filters = [{ name: 'Faults of techstore', query: 'store=techstore&status=5xx' }];
    await expectOperation(platform, 'saveFilters', { body: { filters } });

    expect(await expectOperation(platform, 'savedFilters')).toEqual({ filters });
    const doubled = await callOperation(platform, 'saveFilters', { body: { filters: [...filters, ...filters] } });
    expect(doubled.status).toBe(422);
    expect(doubled.text).toContain('filters[1].name');
  });
});

describe('keeping requests across restarts', () => {
  const fileOf = (dataDir: string) => join(dataDir, 'requests.sqlite');

  it('gives lists and details back, goes on counting, and forgets everything when it is switched off', async () => {
    const dataDir = temporaryFolder();
    const first = await startTestPlatform({ dataDir });
    const landing = await first.ask({
      host: 'localhost:{port}',
      headers: { Accept: 'text/html', Cookie: 'a=ZqSECRETqZ' },
    });
    await traceOf(landing, first);
    await expectOperation(first, 'changeInspector', { body: { keepAcrossRestarts: true } });
    await first.askConsole({ path: '/api/server' });
    const { newest } = await expectOperation(first, 'listRequests');
    await first.stop();

    const second = await startTestPlatform({ dataDir });
    const seen = watchEvents(second, 'requests');
    const kept = await traceOf(landing, second);
    const { requests } = await expectOperation(second, 'listRequests');
    expect(kept.responseBody?.text).toBe(landing.text);
    expect(JSON.stringify(kept)).not.toContain('ZqSECRETqZ');
    expect(requests.at(-1)?.sequence).toBe(1);
    expect(requests.find(({ requestId }) => requestId === kept.requestId)?.sequence).toBe(kept.sequence);
    expect(requests[0]?.sequence).toBeGreaterThanOrEqual(newest);
    // Consoles are told of new requests alone.
    await vi.waitFor(() =>
      expect(
        seen()
          .flat()
          .map(({ sequence }) => sequence)[0],
      ).toBeGreaterThan(newest),
    );
    await expectOperation(second, 'clearRequests');
    expect((await expectOperation(second, 'inspector')).storedBytes).toBeGreaterThan(0);
    await second.stop();

    const third = await startTestPlatform({ dataDir });
    expect(third.parts.recorder.get(kept.requestId)).toBeNull();
    await expectOperation(third, 'changeInspector', { body: { keepAcrossRestarts: false } });
    expect(existsSync(fileOf(dataDir))).toBe(false);
  });

  it('starts over a file that is damaged', async () => {
    const dataDir = temporaryFolder();
    const first = await startTestPlatform({ dataDir });
    await expectOperation(first, 'changeInspector', { body: { keepAcrossRestarts: true } });
    await first.stop();
    writeFileSync(fileOf(dataDir), 'no database at all '.repeat(2000));
    const second = await startTestPlatform({ dataDir, logLevel: 'info' });

    expect((await expectOperation(second, 'inspector')).keepAcrossRestarts).toBe(true);
    const { lines } = await expectOperation(second, 'listLogs', { query: { level: 'warn' } });
    expect(lines[0]?.message).toContain('cannot be read');
    expect(readdirSync(dataDir).some((name) => name.startsWith('requests.sqlite.damaged-'))).toBe(true);
  });

  it('survives being killed while it writes', async () => {
    const dataDir = temporaryFolder();
    let before = 0;
    for (let round = 0; round < 3; round += 1) {
      const server = await startServerProcess(dataDir, 'database');
      if (round === 0) await consoleOf(server, 'PATCH', '/api/inspector', { keepAcrossRestarts: true });
      const { total } = (await consoleOf(server, 'GET', '/api/requests')).json<{ total: number }>();
      expect(total).toBeGreaterThanOrEqual(before);
      let isOver = false;
      const load = Promise.all(
        Array.from({ length: 8 }, async () => {
          while (!isOver) await ask(server.port, { host: 'localhost' }).catch(() => undefined);
        }),
      );
      const { storedBytes } = (await consoleOf(server, 'GET', '/api/inspector')).json<{ storedBytes: number }>();
      await vi.waitFor(
        async () => {
          const answer = await consoleOf(server, 'GET', '/api/inspector');
          expect(answer.json<{ storedBytes: number }>().storedBytes).toBeGreaterThan(storedBytes + 100_000);
        },
        { timeout: 20_000 },
      );
      before = total + 1;
      await killServer(server);
      isOver = true;
      await load;
    }
    expect(readdirSync(dataDir).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});
