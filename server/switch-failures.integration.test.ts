/** A move that is cancelled, fails or is cut short leaves the old backend in force and complete, whenever that happens. */
import { describe, expect, it } from 'vitest';
import { type BackendId, SWITCH_PHASES } from './contract/backends.ts';
import type { StoreBackend } from './database/store-database.ts';
import { UnavailableError } from './errors.ts';
import { createTestDatabase } from './testing/postgres-server.ts';
import { addStore, move, openSwitchKit, orderNumbers, placeOrder, type SwitchKit } from './testing/switch-kit.ts';

const PAIRS: readonly (readonly [BackendId, BackendId])[] = [
  ['sqlite/database', 'sqlite/row'],
  ['sqlite/database', 'postgres/schema'],
  ['postgres/schema', 'postgres/row'],
  ['postgres/row', 'sqlite/database'],
];
const PHASES = SWITCH_PHASES.filter((phase) => phase !== 'plan');
const CASES = PAIRS.flatMap(([from, to]) => PHASES.map((phase) => [from, to, phase] as const));

const targetUrl = async (from: BackendId, to: BackendId) =>
  from.startsWith('sqlite') && to.startsWith('postgres') ? createTestDatabase() : undefined;

async function twoStores(kit: SwitchKit) {
  const [one, two] = [await addStore(kit, 'one'), await addStore(kit, 'two-b')];
  await placeOrder(kit, one, 'A1');
  await placeOrder(kit, two, 'B1');
  return { one, two };
}

describe('a move that ends early', () => {
  it.each(CASES)(
    'from %s to %s, failing in the phase %s, changes nothing and can be made again',
    async (from, to, at) => {
      let isFailing = true;
      const kit = await openSwitchKit({
        backend: from,
        onPhase: async (phase) => {
          if (isFailing && phase === at) throw new UnavailableError('disk_full', 'The disk is full.');
        },
      });
      const { one, two } = await twoStores(kit);
      const url = await targetUrl(from, to);

      const failed = await move(kit, to, url);
      expect(failed).toMatchObject({
        state: 'failed',
        phase: at,
        error: `The disk is full. The platform is still on ${from}; nothing was lost.`,
      });
      expect(kit.switches.current).toBe(from);
      await placeOrder(kit, one, 'A2');
      expect(await orderNumbers(kit, one)).toEqual(['A1', 'A2']);
      const cards = await kit.switches.cards();
      expect(cards.map(({ state }) => state).sort()).toEqual([
        'available',
        'available',
        'available',
        'available',
        'current',
      ]);
      isFailing = false;
      expect(await move(kit, to, url)).toMatchObject({ state: 'done', error: null });
      expect(await orderNumbers(kit, one)).toEqual(['A1', 'A2']);
      expect(await orderNumbers(kit, two)).toEqual(['B1']);
    },
  );

  it.each(CASES)('from %s to %s, cancelled in the phase %s, changes nothing', async (from, to, at) => {
    const reached = Promise.withResolvers<void>();
    const cancelled = Promise.withResolvers<void>();
    const kit = await openSwitchKit({
      backend: from,
      onPhase: async (phase) => {
        if (phase !== at) return;
        reached.resolve();
        await cancelled.promise;
      },
    });
    const { one } = await twoStores(kit);
    await kit.switches.start({ to, databaseUrl: await targetUrl(from, to) }, 'test');
    await reached.promise;
    const cancelling = kit.switches.cancel();
    cancelled.resolve();

    expect(await cancelling).toMatchObject({ state: 'cancelled', error: null });
    expect(kit.switches.current).toBe(from);
    await placeOrder(kit, one, 'A2');
    expect(await orderNumbers(kit, one)).toEqual(['A1', 'A2']);
    expect((await kit.switches.history())[0]).toMatchObject({ state: 'cancelled', from, to });
  });

  it.each(CASES)(
    'from %s to %s, ended with its server in the phase %s, goes on after the next start',
    async (from, to, at) => {
      const reached = Promise.withResolvers<void>();
      const closing = Promise.withResolvers<void>();
      const kit = await openSwitchKit({
        backend: from,
        onPhase: async (phase) => {
          if (phase !== at) return;
          reached.resolve();
          await closing.promise;
        },
      });
      const { one, two } = await twoStores(kit);
      const url = await targetUrl(from, to);
      await kit.switches.start({ to, databaseUrl: url }, 'test');
      await reached.promise;
      const closed = kit.close();
      closing.resolve();
      await closed;

      const again = await openSwitchKit({ backend: from, dataDir: kit.dataDir });
      expect((await again.switches.history())[0]).toMatchObject({ state: 'interrupted', from, to });
      await placeOrder(again, one, 'A2');
      expect(await move(again, to, url)).toMatchObject({ state: 'done' });
      expect(await orderNumbers(again, one)).toEqual(['A1', 'A2']);
      expect(await orderNumbers(again, two)).toEqual(['B1']);
    },
  );
});

const dead = () => Promise.reject(new UnavailableError('database_gone', 'The database does not answer.'));

/** The first call goes well. */
function deadLater(first: () => Promise<void>): () => Promise<void> {
  let calls = 0;
  return () => {
    calls += 1;
    return calls === 1 ? first() : dead();
  };
}

describe('a target that does not work', () => {
  const broken: readonly (readonly [string, Partial<StoreBackend>])[] = [
    ['cannot be emptied', { dropEverything: dead }],
    ['cannot be made ready', { migrate: dead }],
    ['cannot hold a store', { create: dead }],
    ['dies while rows are written', { use: dead }],
    ['dies for good', { use: dead, dropEverything: deadLater(async () => undefined) }],
  ];

  it.each(broken)('that %s leaves the platform where it is', async (_what, failing) => {
    let isBroken = true;
    const wrap = (backend: StoreBackend) => (isBroken ? { ...backend, ...failing } : backend);
    const kit = await openSwitchKit({ backend: 'sqlite/database', wrap });
    const { one } = await twoStores(kit);

    const status = await move(kit, 'sqlite/row');
    expect(status.state).toBe('failed');
    expect(status.error).toContain('The database does not answer. The platform is still on sqlite/database');
    await placeOrder(kit, one, 'A2');
    isBroken = false;
    expect((await move(kit, 'sqlite/row')).state).toBe('done');
    expect(await orderNumbers(kit, one)).toEqual(['A1', 'A2']);
  });
});

describe('writes while the platform moves', () => {
  it.each(PAIRS)('from %s to %s: every acknowledged order is there afterwards', async (from, to) => {
    const kit = await openSwitchKit({ backend: from });
    const refs = await Promise.all(Array.from({ length: 6 }, (_, index) => addStore(kit, `store-${index}`)));
    const acknowledged = new Map(refs.map((store) => [store.code, [] as string[]]));
    let isOver = false;
    const writing = refs.map(async (store) => {
      for (let number = 0; !isOver; number += 1) {
        try {
          await placeOrder(kit, store, `${store.code}-${number}`);
          acknowledged.get(store.code)?.push(`${store.code}-${number}`);
        } catch (error) {
          expect(error).toMatchObject({ status: 503, code: 'backend_switching' });
        }
        // SQLite answers at once: without this, nothing else would run.
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const status = await move(kit, to, await targetUrl(from, to));
    isOver = true;
    await Promise.all(writing);

    expect(status).toMatchObject({ state: 'done', error: null });
    for (const store of refs) {
      const numbers = acknowledged.get(store.code) ?? [];
      expect(numbers.length).toBeGreaterThan(0);
      expect(await orderNumbers(kit, store)).toEqual(numbers.sort());
    }
  });

  it('reads go on while writes wait, and what waits too long is told to come back', async () => {
    const reached = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const kit = await openSwitchKit({
      backend: 'sqlite/database',
      limits: { waitMs: 30, requestsMs: 0 },
      onPhase: async (phase) => {
        if (phase !== 'verify') return;
        reached.resolve();
        await goOn.promise;
      },
    });
    const { one } = await twoStores(kit);
    const moving = move(kit, 'sqlite/row');
    await reached.promise;

    expect(await orderNumbers(kit, one)).toEqual(['A1']);
    await expect(placeOrder(kit, one, 'A2')).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '5' } });
    await expect(kit.lifecycle.run(async () => undefined)).rejects.toMatchObject({ code: 'backend_switching' });
    await expect(kit.switches.start({ to: 'sqlite/row' }, 'test')).rejects.toMatchObject({ code: 'switch_running' });
    goOn.resolve();
    expect((await moving).state).toBe('done');
    await placeOrder(kit, one, 'A3');
    expect(await orderNumbers(kit, one)).toEqual(['A1', 'A3']);
  });

  it('a handle of the backend that was left writes nothing any more', async () => {
    const kit = await openSwitchKit({ backend: 'sqlite/database' });
    const { one } = await twoStores(kit);
    const flipped = Promise.withResolvers<void>();
    const held = kit.backend.use(one, async (database) => {
      await flipped.promise;
      return database.transaction(async () => 'written');
    });
    expect((await move(kit, 'sqlite/row')).state).toBe('done');
    flipped.resolve();

    await expect(held).rejects.toMatchObject({ status: 503, code: 'backend_switching' });
  });
});
