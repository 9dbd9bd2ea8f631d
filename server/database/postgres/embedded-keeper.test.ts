import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogger } from '../../observability/log.ts';
import { type KeeperOptions, PostgresKeeper } from './embedded-keeper.ts';
import type { PostgresProcess } from './embedded-process.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A process that ends when it is told to. */
function processNamed(pid: number): PostgresProcess & { die(): void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return {
    pid,
    ended: promise,
    die: () => resolve('killed by SIGKILL'),
    stop: async () => resolve('ended with code 0'),
  };
}

function keep(first: PostgresProcess, start: KeeperOptions['start']): PostgresKeeper {
  const log = createLogger({ level: 'silent', format: 'json' });
  return new PostgresKeeper(first, { start, log, words: { last: () => 'the last words' } });
}

it('starts Postgres again, each time after a longer pause', async () => {
  const started: ReturnType<typeof processNamed>[] = [];
  const first = processNamed(1);
  const keeper = keep(first, async () => {
    const next = processNamed(started.length + 2);
    started.push(next);
    return next;
  });

  first.die();
  await vi.advanceTimersByTimeAsync(100);
  expect(keeper).toMatchObject({ state: 'running', pid: 2 });

  started[0]?.die();
  await vi.advanceTimersByTimeAsync(100);
  expect(keeper).toMatchObject({ state: 'restarting', pid: null });
  await vi.advanceTimersByTimeAsync(300);
  expect(keeper).toMatchObject({ state: 'running', pid: 3 });
});

it('gives up when Postgres dies too often, and tells why, also those who ask later', async () => {
  const first = processNamed(1);
  const start = vi.fn(async (): Promise<PostgresProcess> => Promise.reject(new Error('no')));
  const keeper = keep(first, start);
  const listener = vi.fn();
  keeper.onFailed(listener);

  first.die();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(keeper.state).toBe('failed');
  expect(start).toHaveBeenCalledTimes(4);
  expect(listener).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ message: expect.stringMatching(/died 5 times.*the last words/s) }),
  );
  const late = vi.fn();
  keeper.onFailed(late);
  expect(late).toHaveBeenCalledOnce();
  await keeper.stop();
  expect(keeper.state).toBe('failed');
});

it('forgets deaths of long ago', async () => {
  let current = processNamed(1);
  const keeper = keep(current, async () => {
    current = processNamed(current.pid + 1);
    return current;
  });

  for (let deaths = 1; deaths <= 10; deaths += 1) {
    current.die();
    await vi.advanceTimersByTimeAsync(60_000);
  }

  expect(keeper).toMatchObject({ state: 'running', pid: 11 });
});

it('does not start again what is stopped, whenever that is asked for', async () => {
  const first = processNamed(1);
  const start = vi.fn(async () => processNamed(2));
  const keeper = keep(first, start);

  first.die();
  await vi.advanceTimersByTimeAsync(10);
  await keeper.stop();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(start).not.toHaveBeenCalled();
  expect(keeper.state).toBe('stopped');
});

it('ends a process that became ready while stopping', async () => {
  const first = processNamed(1);
  const second = processNamed(2);
  const stop = vi.spyOn(second, 'stop');
  const { promise, resolve } = Promise.withResolvers<PostgresProcess>();
  const keeper = keep(first, () => promise);
  first.die();
  await vi.advanceTimersByTimeAsync(100);

  const stopped = keeper.stop();
  resolve(second);
  await stopped;

  expect(stop).toHaveBeenCalledOnce();
});
