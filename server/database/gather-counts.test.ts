/** Each request has a count of its own, however few statements it takes. */
import { expect, it } from 'vitest';
import { gatherCounts } from './gather-counts.ts';

function setUp() {
  const counts = new Map<string, number>();
  const asked: [string, number][] = [];
  let finish: (() => void)[] = [];
  const add = gatherCounts(async (key, requests) => {
    asked.push([key, requests]);
    await new Promise<void>((resolve) => finish.push(resolve));
    const used = (counts.get(key) ?? 0) + requests;
    counts.set(key, used);
    return { used, resetMs: 1000 };
  });
  const settle = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    for (const end of finish.splice(0)) end();
    finish = [];
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { add, asked, settle };
}

it('counts requests that come together with two statements, each with a number of its own', async () => {
  const { add, asked, settle } = setUp();
  const first = add('a');
  await new Promise((resolve) => setImmediate(resolve));
  const others = Array.from({ length: 50 }, () => add('a'));
  await settle();
  await settle();

  const used = (await Promise.all([first, ...others])).map((count) => count.used);

  expect(asked).toEqual([
    ['a', 1],
    ['a', 50],
  ]);
  expect(used).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
});

it('lets no store wait for another, and starts anew when all have been counted', async () => {
  const { add, asked, settle } = setUp();
  const counts = [add('a'), add('b')];
  await settle();
  expect((await Promise.all(counts)).map(({ used }) => used)).toEqual([1, 1]);

  const again = add('a');
  await settle();

  expect((await again).used).toBe(2);
  expect(asked).toEqual([
    ['a', 1],
    ['b', 1],
    ['a', 1],
  ]);
});

it('fails those alone whose statement failed', async () => {
  let fails = true;
  const add = gatherCounts(async (_key, requests) => {
    if (fails) throw new Error('away');
    return { used: requests, resetMs: 1 };
  });
  await expect(add('a')).rejects.toThrow('away');
  fails = false;

  expect((await add('a')).used).toBe(1);
});
