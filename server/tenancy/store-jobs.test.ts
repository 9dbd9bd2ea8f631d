/** Jobs of a store wait for each other, and not for those of others. */
import { describe, expect, it } from 'vitest';
import { StoreJobs } from './store-jobs.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function setUp(concurrentJobs: number, total: number) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const jobs = new StoreJobs({ limits: { of: async () => ({ concurrentJobs }) }, total });
  const begin = (storeId: number, name: string) =>
    jobs.run(storeId, () => {
      started.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  return { started, ends, jobs, begin };
}

describe('StoreJobs', () => {
  it('runs as many of a store as it may have; the next begins when one ends', async () => {
    const { started, ends, jobs, begin } = setUp(2, 20);
    const first = begin(1, 'a');
    void begin(1, 'b');
    void begin(1, 'c');
    await settle();
    expect([started, jobs.usage(1)]).toEqual([['a', 'b'], { used: 2, waiting: 1 }]);

    ends.get('a')?.();

    expect(await first).toBe('a');
    await settle();
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('finds room for another store while one has more to do than there is room for', async () => {
    const { started, begin } = setUp(100, 4);
    for (let count = 0; count < 50; count += 1) void begin(1, `much ${count}`);
    await settle();
    expect(started).toHaveLength(2);

    void begin(2, 'other');
    await settle();

    expect(started).toContain('other');
  });

  it('fails as the job fails, and goes on', async () => {
    const { jobs } = setUp(1, 10);

    await expect(jobs.run(1, () => Promise.reject(new Error('broken picture')))).rejects.toThrow('broken picture');

    expect(await jobs.run(1, async () => 'next')).toBe('next');
    expect(jobs.usage(1)).toEqual({ used: 0, waiting: 0 });
  });
});
