import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestRecorder } from '../observability/request-recorder.ts';
import type { RequestTrace } from '../observability/trace.ts';
import { StoreEvents } from '../tenancy/store-events.ts';
import { EventClient } from './events-client.ts';
import { EventHub } from './events-hub.ts';

const BOOT = 'boot';
const trace = (path: string) =>
  ({
    path,
    requestId: path,
    method: 'GET',
    host: 'localhost',
    store: null,
    ladder: [],
    spans: [],
    sql: [],
    cookies: [],
    insights: [],
  }) as unknown as RequestTrace;

function setUp(maxRequests = 100_000) {
  const recorder = new RequestRecorder({ maxRequests, maxBytes: 1e9 });
  const stores = new StoreEvents();
  const hub = new EventHub({ bootId: BOOT, version: '1', recorder, stores });
  const open = (lastEventId = '', isAllowed = () => Promise.resolve(true)) => {
    const stream = new PassThrough();
    const letGo = vi.fn(() => {
      stream.destroy();
    });
    const client = new EventClient(stream, letGo, isAllowed);
    stream.once('close', () => hub.leave(client));
    hub.open(client, lastEventId);
    const names = () => [...read(stream).matchAll(/^event: (\w+)$/gm)].map((match) => match[1]);
    return { stream, letGo, names, text: () => read(stream) };
  };
  const ask = (count: number, from = 0) => {
    for (let index = from; index < from + count; index += 1) recorder.add(trace(`/${index}`));
  };
  return { recorder, stores, hub, open, ask };
}

const texts = new WeakMap<PassThrough, string>();
/** Everything that was written so far. */
function read(stream: PassThrough): string {
  const text = (texts.get(stream) ?? '') + (stream.read() ?? '').toString();
  texts.set(stream, text);
  return text;
}

function batches(text: string): number[] {
  return [...text.matchAll(/^event: requests\ndata: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '[]').length);
}

describe('EventHub', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('collects requests for a moment, and sends many at once when there are many', () => {
    const { open, ask } = setUp();
    const client = open();
    ask(3);
    expect(batches(client.text())).toEqual([]);

    vi.advanceTimersByTime(100);
    expect(batches(client.text())).toEqual([3]);
    ask(450, 3);
    expect(batches(client.text())).toEqual([3, 200, 200]);
    vi.advanceTimersByTime(100);
    expect(batches(client.text())).toEqual([3, 200, 200, 50]);
    vi.advanceTimersByTime(1000);
    expect(batches(client.text())).toHaveLength(4);
  });

  it('sends all requests also when few are kept', () => {
    const { open, ask } = setUp(5);
    const client = open();
    ask(12);
    vi.advanceTimersByTime(100);

    expect(batches(client.text())).toEqual([5, 5, 2]);
  });

  it('lets a client go that does not read, and keeps serving the others', () => {
    const { open, stores } = setUp();
    const slow = open();
    const fast = open();
    const code = 'x'.repeat(100_000);
    for (let index = 0; index < 60; index += 1) {
      stores.emit({ name: 'changed', storeId: 1, code });
      fast.text();
    }

    expect(slow.letGo).toHaveBeenCalled();
    expect(fast.letGo).not.toHaveBeenCalled();
    expect(fast.names().filter((name) => name === 'store')).toHaveLength(60);
  });

  it('says reset when what was missed is not kept any more', () => {
    const { open, ask } = setUp(5);
    ask(3);
    vi.advanceTimersByTime(100);
    expect(open(`${BOOT}.0`).names()).toEqual(['hello', 'requests']);
    ask(10, 3);
    vi.advanceTimersByTime(100);

    expect(open(`${BOOT}.0`).names()).toEqual(['hello', 'reset']);
  });

  it('says reset when it would be too many events, or too much at once', () => {
    const { open, ask, stores } = setUp();
    ask(1);
    vi.advanceTimersByTime(100);
    for (let index = 0; index < 3000; index += 1) stores.emit({ name: 'changed', storeId: 1, code: 'a' });
    expect(open(`${BOOT}.1`).names()).toEqual(['hello', 'reset']);
    expect(open(`${BOOT}.2990`).names()).toHaveLength(12);

    ask(20_000);
    const away = open(`${BOOT}.3001`);
    expect(away.names()).toEqual(['hello', 'reset']);
    expect(away.letGo).not.toHaveBeenCalled();
  });

  it('ends the streams of sessions that have ended, and keeps the others alive', async () => {
    const { open } = setUp();
    let isSignedIn = true;
    const session = open('', () => Promise.resolve(isSignedIn));
    const broken = open('', () => (isSignedIn ? Promise.resolve(true) : Promise.reject(new Error('the disk is full'))));
    const commandLine = open();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(session.text()).toContain('still here');
    isSignedIn = false;

    await vi.advanceTimersByTimeAsync(15_000);

    expect(session.stream.writableEnded).toBe(true);
    expect(broken.stream.writableEnded).toBe(true);
    expect(commandLine.stream.writableEnded).toBe(false);
    expect(commandLine.text().match(/still here/g)).toHaveLength(2);
  });

  it('takes a bounded number of clients, and none when the server is about to end', () => {
    const { open, hub } = setUp();
    const clients = Array.from({ length: 200 }, () => open());
    expect(() => open()).toThrow('200 consoles are open');
    clients[0]?.stream.destroy();

    hub.close();

    expect(clients[1]?.stream.writableEnded).toBe(true);
    expect(() => open()).toThrow('about to end');
  });

  it('has no timer left when the last client has gone', async () => {
    const { open } = setUp();
    const { stream } = open();
    expect(vi.getTimerCount()).toBe(1);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy();
    await closed;

    expect(vi.getTimerCount()).toBe(0);
  });
});
