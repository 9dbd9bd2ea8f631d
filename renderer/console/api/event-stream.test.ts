import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventStream } from './event-stream.ts';

/** An EventSource that a test drives: only the network is missing. */
class DrivenSource extends EventTarget {
  static readonly CLOSED = 2;
  static last: DrivenSource | undefined;
  static count = 0;
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    super();
    DrivenSource.last = this;
    DrivenSource.count += 1;
  }

  succeed(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  /** The browser tries again by itself, unless the server answered with a refusal. */
  fail(isRefused: boolean): void {
    this.readyState = isRefused ? 2 : 0;
    this.onerror?.();
  }

  send(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  close(): void {
    this.readyState = 2;
  }
}

describe('EventStream', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    DrivenSource.count = 0;
    vi.stubGlobal('EventSource', DrivenSource);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('leaves a break to the browser, which resumes with the last id', () => {
    const stream = new EventStream();
    const resets = vi.fn();
    stream.on('reset', resets);
    stream.open();
    DrivenSource.last?.succeed();
    DrivenSource.last?.fail(false);
    expect(stream.state).toBe('lost');
    DrivenSource.last?.succeed();

    expect(stream.state).toBe('open');
    expect(DrivenSource.count).toBe(1);
    expect(resets).not.toHaveBeenCalled();
  });

  it('is opened anew after a refusal, and counts what was shown as stale', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 503 })));
    const stream = new EventStream();
    const resets = vi.fn();
    stream.on('reset', resets);
    stream.open();
    DrivenSource.last?.fail(true);
    await vi.advanceTimersByTimeAsync(600);
    expect(DrivenSource.count).toBe(2);
    DrivenSource.last?.succeed();

    expect(resets).toHaveBeenCalledOnce();
  });

  it('leaves its connection to others while the page is hidden for long', async () => {
    const page = Object.assign(new EventTarget(), { hidden: false });
    vi.stubGlobal('document', page);
    const stream = new EventStream();
    const resets = vi.fn();
    stream.on('reset', resets);
    const stop = stream.start();
    DrivenSource.last?.succeed();
    page.hidden = true;
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(DrivenSource.last?.readyState).toBe(DrivenSource.CLOSED);

    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    DrivenSource.last?.succeed();

    expect(DrivenSource.count).toBe(2);
    expect(resets).toHaveBeenCalledOnce();
    stop();
  });

  it('stops asking when the session has ended', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 401 })));
    const stream = new EventStream();
    stream.open();
    DrivenSource.last?.fail(true);
    await vi.advanceTimersByTimeAsync(5000);

    expect(stream.state).toBe('signed-out');
    expect(DrivenSource.count).toBe(1);
  });

  it('hands on events of its contract, and takes others for stale data', () => {
    const stream = new EventStream();
    const [stores, resets] = [vi.fn(), vi.fn()];
    stream.on('store', stores);
    stream.on('reset', resets);
    stream.open();
    DrivenSource.last?.send('store', { name: 'created', id: 1, code: 'mug' });
    DrivenSource.last?.send('store', { name: 'exploded' });

    expect(stores).toHaveBeenCalledExactlyOnceWith({ name: 'created', id: 1, code: 'mug' });
    expect(resets).toHaveBeenCalledOnce();
  });
});
