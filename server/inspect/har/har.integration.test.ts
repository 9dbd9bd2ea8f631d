/** Protects archives over the console's API: what a server exports it imports, with its filter, and large ones are taken. */
import { beforeAll, describe, expect, it } from 'vitest';
import { callOperation, expectOperation } from '../../testing/call-operation.ts';
import { shareUntilEnd, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

let platform: TestPlatform;

beforeAll(
  () =>
    shareUntilEnd(async (onEnd) => {
      platform = await startTestPlatform({ fixtures: 'techstore', flags: ['--trace-requests', '30000'], onEnd });
    }),
  60_000,
);

async function recorded(path: string): Promise<string> {
  const { headers } = await platform.ask({
    host: 'techstore.localhost:{port}',
    path,
    headers: { Accept: 'text/html' },
  });
  await expect.poll(() => platform.parts.recorder.get(headers['x-request-id'] ?? '')).not.toBeNull();
  return headers['x-request-id'] ?? '';
}

const browserEntry = (url: string) => ({
  startedDateTime: '2026-03-01T10:00:00Z',
  request: { method: 'GET', url, headers: [{ name: 'Cookie', value: 'session=secret' }] },
  response: { status: 200, content: { size: 2, text: 'ok', mimeType: 'text/plain' } },
});
const importHar = (entries: unknown[]) =>
  expectOperation(platform, 'importHar', { body: { log: { version: '1.2', entries } } });

describe('exportHar and importHar', () => {
  it('give a file that the same server takes back, under new ids', async () => {
    const id = await recorded('/products?page=1');

    const answer = await callOperation(platform, 'exportHar', { query: { text: 'page=1' } });
    const { entries } = answer.json<{ log: { entries: { _orion: { requestId: string } }[] } }>().log;
    const result = await importHar(entries);

    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="orion-requests-\d{8}-\d{4}\.har"$/);
    expect(entries.map((entry) => entry._orion.requestId)).toEqual([id]);
    expect(result).toEqual({ imported: 1, skipped: [] });
    const list = await expectOperation(platform, 'listRequests', { query: { origin: 'imported' } });
    expect(list.requests[0]).toMatchObject({
      origin: 'imported',
      store: { code: 'techstore' },
      path: '/products?page=1',
    });
    const again = list.requests[0]?.requestId ?? '';
    expect(again).not.toBe(id);
    const compared = await expectOperation(platform, 'compareRequests', { params: { id, other: again } });
    expect(compared.summary).toBe('Both answered 200, with the same headers, body and SQL.');
  });

  it('keep requests of other sites as they are, explain those of this server, and send neither elsewhere', async () => {
    const entries = [
      browserEntry('https://example.com/'),
      browserEntry('http://techstore.localhost:8000/products'),
      { request: {} },
    ];

    const { imported, skipped } = await importHar(entries);
    const [own, foreign] = (
      await expectOperation(platform, 'listRequests', { query: { limit: '2', origin: 'imported' } })
    ).requests;

    expect([imported, skipped.map(({ entry }) => entry)]).toEqual([2, [2]]);
    expect(foreign).toMatchObject({ host: 'example.com', store: null, mode: null });
    expect(own).toMatchObject({ store: { code: 'techstore' }, mode: 'subdomain' });
    const send = (id = '') => callOperation(platform, 'resendRequest', { params: { id }, body: {} });
    const refused = await send(foreign?.requestId);
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'foreign_host',
      detail: expect.stringContaining('example.com'),
    });
    expect((await send(own?.requestId)).status).toBe(201);
  });

  it('give every match, also more than a list gives at once', async () => {
    const entries = Array.from({ length: 2500 }, (_, index) => browserEntry(`http://many.example/${index}`));
    await importHar(entries);
    const filter = { text: 'many.example', console: 'hide' };

    const answer = await callOperation(platform, 'exportHar', { query: { ...filter } });
    const newest = await callOperation(platform, 'exportHar', { query: { ...filter, limit: '2' } });

    const urlsOf = ({ json }: typeof answer) =>
      json<{ log: { entries: { request: { url: string } }[] } }>().log.entries.map(({ request }) => request.url);
    expect(urlsOf(answer)).toEqual(entries.map(({ request }) => request.url));
    expect(urlsOf(newest)).toEqual(['http://many.example/2498', 'http://many.example/2499']);
    expect(answer.text.split('\n').length - 1).toBe(2502);
    expect(newest.text).toContain('2 of 2500 requests');
  });

  it('refuse an archive that is too large before it is read', async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': String(65 * 1024 * 1024) };

    // Nothing of it is ever sent.
    const answer = await platform.askConsole({ method: 'POST', path: '/api/requests.har', headers });

    expect(answer).toMatchObject({ status: 413, text: expect.stringContaining('larger than 64 MB. Export fewer') });
  });

  it('take 20 000 entries, and refuse more and what is no archive', async () => {
    const entry = browserEntry('http://other.example/');

    expect((await importHar(Array.from({ length: 20_000 }, () => entry))).imported).toBe(20_000);
    const tooMany = { log: { version: '1.2', entries: Array.from({ length: 20_001 }, () => ({})) } };
    expect((await callOperation(platform, 'importHar', { body: tooMany })).status).toBe(422);
    expect((await callOperation(platform, 'importHar', { body: { entries: [] } })).status).toBe(422);
  }, 60_000);
});
