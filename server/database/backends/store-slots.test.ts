/** Who gets a slot, who waits, and for whom nobody waits. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NoSlotError, type SlotOptions, StoreSlots } from './store-slots.ts';

afterEach(() => vi.useRealTimers());

const slotsOf = (options: Partial<SlotOptions> = {}) =>
  new StoreSlots({ maxWaiting: 10, waitMs: 1000, shared: () => null, ...options });

/** Lets everything run that can run by now. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('StoreSlots', () => {
  it('gives a store its slots, and the next one in the order they asked', async () => {
    const slots = slotsOf();
    const [first] = await Promise.all([slots.take(1, 2), slots.take(1, 2)]);
    const order: string[] = [];
    void slots.take(1, 2).then(() => order.push('third'));
    void slots.take(1, 2).then(() => order.push('fourth'));
    await settle();
    expect([order, slots.usage(1)]).toEqual([[], { used: 2, waiting: 2 }]);

    first();
    await settle();

    expect([order, slots.usage(1)]).toEqual([['third'], { used: 2, waiting: 1 }]);
  });

  it('does not let anyone pass those who wait, and gives a slot back once', async () => {
    const slots = slotsOf();
    const release = await slots.take(1, 1);
    const order: string[] = [];
    void slots.take(1, 1).then((next) => {
      order.push('waited');
      next();
    });
    await settle();
    release();
    release();
    await slots.take(1, 1).then(() => order.push('came later'));

    expect(order).toEqual(['waited', 'came later']);
    expect(slots.usage(1)).toEqual({ used: 1, waiting: 0 });
  });

  it('lets fifty stores work while one never gives anything back', async () => {
    const slots = slotsOf({ maxWaiting: 2, waitMs: null });
    for (let count = 0; count < 20; count += 1) await slots.take(1, 20);
    void slots.take(1, 20);
    void slots.take(1, 20);

    for (let store = 2; store <= 51; store += 1) (await slots.take(store, 20))();

    expect(slots.usage(1)).toEqual({ used: 20, waiting: 2 });
    expect([...slots.usages().keys()]).toEqual([1]);
  });

  it('refuses at once when too many wait, and later those who waited too long', async () => {
    vi.useFakeTimers();
    const slots = slotsOf({ maxWaiting: 1 });
    await slots.take(1, 1);
    const waiting = slots.take(1, 1).catch((error: unknown) => error);

    await expect(slots.take(1, 1)).rejects.toMatchObject({ reason: 'too_many_waiting' });
    await vi.advanceTimersByTimeAsync(999);
    expect(slots.usage(1).waiting).toBe(1);
    await vi.advanceTimersByTimeAsync(1);

    expect(await waiting).toMatchObject({ reason: 'waited_too_long', constructor: NoSlotError });
    expect(slots.usage(1)).toEqual({ used: 1, waiting: 0 });
  });

  it('takes a raised limit at once, also for those who wait already', async () => {
    const slots = slotsOf();
    await slots.take(1, 1);
    const waited = slots.take(1, 1);
    await settle();

    const [first, second] = await Promise.all([waited, slots.take(1, 3)]);

    expect(slots.usage(1)).toEqual({ used: 3, waiting: 0 });
    first();
    second();
  });

  describe('where all stores share the slots', () => {
    it('leaves some free whatever a store takes, and stores that come later find them', async () => {
      const slots = slotsOf({ shared: () => 10, waitMs: null });
      for (let count = 0; count < 15; count += 1) void slots.take(1, 20);
      await settle();
      expect(slots.usage(1)).toEqual({ used: 5, waiting: 10 });

      for (let store = 2; store <= 51; store += 1) (await slots.take(store, 20))();

      expect(slots.usage(1)).toEqual({ used: 5, waiting: 10 });
    });

    it('hands what becomes free to another store that waits', async () => {
      const slots = slotsOf({ shared: () => 2, waitMs: null });
      const release = await slots.take(1, 1);
      await slots.take(2, 1);
      let isServed = false;
      void slots.take(3, 1).then(() => {
        isServed = true;
      });
      await settle();
      expect(isServed).toBe(false);

      release();
      await settle();

      expect(isServed).toBe(true);
    });

    it('serves stores that wait in turn, not one until it has enough', async () => {
      const slots = slotsOf({ shared: () => 1, waitMs: null });
      const order: number[] = [];
      const release = await slots.take(9, 1);
      for (const store of [1, 1, 2, 2])
        void slots.take(store, 1).then((next) => {
          order.push(store);
          next();
        });
      await settle();
      release();
      await settle();

      expect(order).toEqual([1, 2, 1, 2]);
    });
  });
});
