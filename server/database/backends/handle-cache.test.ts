import { describe, expect, it } from 'vitest';
import { WriteLock } from '../write-lock.ts';
import { HandleCache } from './handle-cache.ts';

function setup(max: number) {
  const log: string[] = [];
  const cache = new HandleCache<string>(max, async (handle) => void log.push(`close ${handle}`));
  const open = (key: number) => async () => {
    log.push(`open ${key}`);
    return String(key);
  };
  const use = (key: number, work: (handle: string) => Promise<unknown> = async () => undefined) =>
    cache.use(key, open(key), work);
  return { cache, log, use };
}

describe('HandleCache', () => {
  it('opens once, and closes the least recently used', async () => {
    const { log, use } = setup(2);
    await use(1);
    await use(2);
    await use(1);
    await use(3);

    expect(log).toEqual(['open 1', 'open 2', 'open 3', 'close 2']);
  });

  it('opens once for all who ask at the same moment', async () => {
    const { log, use } = setup(2);
    await Promise.all([use(1), use(1), use(1)]);
    expect(log).toEqual(['open 1']);
  });

  it('never closes what is in use', async () => {
    const { log, use, cache } = setup(1);
    await use(1, async () => {
      await use(2);
      expect(log).not.toContain('close 1');
    });
    expect(cache.size).toBe(1);
  });

  it('tries again after a failed opening', async () => {
    const { cache, use } = setup(1);
    const failing = async () => {
      throw new Error('locked');
    };
    await expect(cache.use(1, failing, async () => undefined)).rejects.toThrow('locked');
    await use(1);
    expect(cache.size).toBe(1);
  });
});

describe('HandleCache with a strict limit', () => {
  /** Counts what is open at once; opening and closing take a turn of the loop each. */
  function strict(max: number) {
    const seen = { open: 0, most: 0 };
    const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
    const cache = new HandleCache<number>(
      max,
      async () => {
        await turn();
        seen.open -= 1;
      },
      { isStrict: true },
    );
    const open = async () => {
      seen.open += 1;
      seen.most = Math.max(seen.most, seen.open);
      await turn();
      return seen.open;
    };
    return { cache, seen, turn, use: (key: number) => cache.use(key, open, turn) };
  }

  it('is never passed by those who ask at the same moment', async () => {
    const { cache, seen, use } = strict(2);

    await Promise.all(Array.from({ length: 20 }, (_, key) => use(key)));

    expect([seen.most, cache.waiting, cache.used]).toEqual([2, 0, 0]);
  });

  it('is never passed by those who waited and are woken together', async () => {
    const { seen, turn, use } = strict(2);
    const uses: Promise<void>[] = [];
    for (let key = 0; key < 20; key += 1) {
      uses.push(use(key));
      await turn();
    }

    await Promise.all(uses);

    expect(seen.most).toBe(2);
  });
});

it('a write lock lets one in at a time, also after a failure', async () => {
  const lock = new WriteLock();
  const order: string[] = [];
  const slow = lock.run(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    order.push('slow');
  });
  const failing = lock.run(async () => {
    order.push('failing');
    throw new Error('x');
  });
  const last = lock.run(async () => order.push('last'));

  await expect(failing).rejects.toThrow('x');
  await Promise.all([slow, last]);
  expect(order).toEqual(['slow', 'failing', 'last']);
});
