import { describe, expect, it } from 'vitest';
import { eventPayloads } from '../contract/events.ts';
import type { RequestList } from '../contract/requests.ts';
import { type EventStream, openEventStream } from '../testing/event-stream.ts';
import { signInToConsole, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

function listen(platform: TestPlatform, lastEventId = ''): Promise<EventStream> {
  return openEventStream(platform.port, { Authorization: `Bearer ${platform.parts.controlToken}` }, lastEventId);
}

const page = (platform: TestPlatform, path: string) => platform.ask({ host: 'techstore.localhost', path });
const pathsOf = (stream: EventStream) =>
  stream.events
    .flatMap((event) => (event.name === 'requests' ? (event.data as { path: string }[]) : []))
    .map(({ path }) => path);

describe('the stream of events', () => {
  it('says first who answers, then what happens, in the form of the contract', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const stream = await listen(platform);

    expect((await stream.next('hello')).data.bootId).toBe(platform.parts.bootId);
    expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    await page(platform, '/products');
    await platform.askConsole({ method: 'POST', path: '/api/stores', body: { name: 'Books' } });
    await platform.askConsole({ method: 'PATCH', path: '/api/stores/books', body: { isActive: false } });
    await platform.askConsole({ method: 'DELETE', path: '/api/stores/books' });
    await platform.askConsole({ method: 'POST', path: '/api/deleted-stores/books/restore' });

    await stream.next('requests', (requests) => requests.some(({ path }) => path === '/products'));
    await stream.next(
      'provisioning',
      ({ code, step, state }) => code === 'books' && step === 'ready' && state === 'done',
    );
    for (const name of ['created', 'changed', 'deleted', 'restored'] as const)
      expect((await stream.next('store', (data) => data.name === name)).data.code).toBe('books');
    for (const { name, data } of stream.events) expect(eventPayloads[name].parse(data)).toEqual(data);
    const numbers = stream.events.map(({ id }) => Number(id.split('.').at(-1)));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('gives a client that comes back what it missed, in order and once', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const first = await listen(platform);
    await page(platform, '/seen');
    const { id } = await first.next('requests', (requests) => requests.some(({ path }) => path === '/seen'));
    first.close();
    await first.ended;
    const other = await listen(platform);
    for (const path of ['/missed-1', '/missed-2']) await page(platform, path);
    await other.next('requests', (requests) => requests.some(({ path }) => path === '/missed-2'));

    const second = await listen(platform, id);
    await page(platform, '/live');
    await second.next('requests', (requests) => requests.some(({ path }) => path === '/live'));

    expect(second.events[0]?.name).toBe('hello');
    expect(second.events.map(({ name }) => name)).not.toContain('reset');
    expect(pathsOf(second).filter((path) => path !== '/api/events')).toEqual(['/missed-1', '/missed-2', '/live']);
  });

  it('tells a client that comes back after a restart, or with an id nobody gave it, to read everything again', async () => {
    const before = await startTestPlatform({ fixtures: 'techstore' });
    const { id } = await (await listen(before)).next('hello');
    await before.stop();
    const after = await startTestPlatform({ dataDir: before.dataDir });

    for (const stale of [
      id,
      `${after.parts.bootId}.999999`,
      `${after.parts.bootId}.-1`,
      'nonsense',
      '.',
      '1'.repeat(500),
    ]) {
      const stream = await listen(after, stale);
      expect((await stream.next('reset')).data.bootId).toBe(after.parts.bootId);
      expect(stream.events.map(({ name }) => name).slice(0, 2)).toEqual(['hello', 'reset']);
      const resumed = await listen(after, (await stream.next('reset')).id);
      await resumed.next('hello');
      await page(after, '/');
      await resumed.next('requests');
      expect(resumed.events.map(({ name }) => name)).not.toContain('reset');
    }
  });

  it('tells every console when the recorded requests were cleared', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const stream = await listen(platform);
    const hello = await stream.next('hello');
    await page(platform, '/gone');
    await stream.next('requests');

    const cleared = await platform.askConsole({ method: 'DELETE', path: '/api/requests' });

    expect(cleared.json<{ removed: number }>().removed).toBeGreaterThan(0);
    await stream.next('reset');
    const late = await listen(platform, hello.id);
    await late.next('reset');
    expect(pathsOf(late)).toEqual([]);
  });

  it('is recorded when it has ended, and counts as answered', async () => {
    const platform = await startTestPlatform();
    const recorded = async () =>
      (await platform.askConsole({ path: '/api/requests' }))
        .json<RequestList>()
        .requests.filter(({ path }) => path === '/api/events');
    const stream = await listen(platform);
    await stream.next('hello');
    expect(await recorded()).toEqual([]);

    const watching = await listen(platform);
    stream.close();
    await watching.next('requests', (requests) => requests.some(({ path }) => path === '/api/events'));

    expect(await recorded()).toMatchObject([{ status: 200 }]);
  });

  it('ends with the session, at once when the administrator signs out', async () => {
    const platform = await startTestPlatform();
    const Cookie = await signInToConsole(platform);
    const stream = await openEventStream(platform.port, { Cookie });
    const other = await listen(platform);
    await stream.next('hello');

    await platform.ask({ host: 'admin.localhost:{port}', method: 'POST', path: '/sign-out', headers: { Cookie } });

    expect(await stream.ended).toBe(true);
    expect((await openEventStream(platform.port, { Cookie })).status).toBe(401);
    await page(platform, '/');
    await other.next('requests');
  });

  it('does not keep the server from ending: it is ended in order', async () => {
    const platform = await startTestPlatform();
    const stream = await listen(platform);
    await stream.next('hello');

    await platform.stop();

    expect(await stream.ended).toBe(true);
  });

  it('is refused without a session, and to pages of other sites', async () => {
    const platform = await startTestPlatform();
    const Cookie = await signInToConsole(platform);
    const status = async (headers: Record<string, string>) => (await openEventStream(platform.port, headers)).status;

    expect(await status({})).toBe(401);
    expect(await status({ Cookie, 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await status({ Cookie, 'Sec-Fetch-Site': 'same-site' })).toBe(403);
    expect(await status({ Cookie, Origin: `http://techstore.localhost:${platform.port}` })).toBe(403);
    expect(await status({ Cookie, 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
  });

  it('answers HEAD without a stream', async () => {
    const platform = await startTestPlatform();

    expect((await platform.askConsole({ method: 'HEAD', path: '/api/events' })).status).toBe(200);
  });
});
