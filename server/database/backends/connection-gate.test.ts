/** What a store's work may hold up: itself, and nobody else. */
import { describe, expect, it } from 'vitest';
import { UnavailableError } from '../../errors.ts';
import type { StoreBackend, StoreDatabase, StoreRef } from '../store-database.ts';
import { type GateOptions, limitConnections } from './connection-gate.ts';

const storeOf = (id: number): StoreRef => ({ id, code: `shop-${id}`, schemaName: `shop_${id}` });
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const never = () => new Promise<never>(() => undefined);

interface Fake {
  /** What a statement of a store does. */
  query: (storeId: number) => Promise<object[]>;
  /** What opening a store does. */
  open: (storeId: number) => Promise<void>;
}

function setUp(limit: number, options: GateOptions = {}, engine: 'sqlite' | 'postgres' = 'sqlite', max = 4) {
  const fake: Fake = { query: async () => [], open: async () => undefined };
  const opened: number[] = [];
  const handleOf = (storeId: number): StoreDatabase => ({
    storeId,
    query: (() => fake.query(storeId)) as StoreDatabase['query'],
    transaction: (work) => work(handleOf(storeId)),
    table: () => {
      throw new Error('not part of this test');
    },
  });
  const backend = {
    engine,
    isolation: 'database',
    stats: () => ({ connections: { open: 0, used: 0, waiting: 0, max } }),
    async use(store: StoreRef, work: (database: StoreDatabase) => Promise<unknown>) {
      opened.push(store.id);
      await fake.open(store.id);
      return work(handleOf(store.id));
    },
  } as unknown as StoreBackend;
  const limited = limitConnections(backend, async () => limit, options);
  const ask = (id: number) => limited.use(storeOf(id), (database) => database.query('SELECT 1'));
  return { fake, opened, limited, ask };
}

describe('limitConnections', () => {
  it.each(['sqlite', 'postgres'] as const)(
    'on %s, fifty stores answer while the work of one never ends',
    async (engine) => {
      const { fake, limited, ask } = setUp(2, { waitMs: 60_000, maxWaiting: 3 }, engine);
      fake.query = async (id) => (id === 1 ? never() : []);
      const refused: unknown[] = [];
      for (let count = 0; count < 20; count += 1) ask(1).catch((error: unknown) => refused.push(error));
      await settle();

      const answers = await Promise.all(Array.from({ length: 50 }, (_none, index) => ask(index + 2)));

      expect(answers).toHaveLength(50);
      expect(limited.usage(1)).toEqual({ used: 2, waiting: 3 });
      expect(refused).toHaveLength(15);
      expect(refused[0]).toMatchObject({ status: 503, code: 'store_busy', headers: { 'Retry-After': '2' } });
      expect(String((refused[0] as Error).cause)).toContain('orion store limits shop-1 --connections N');
    },
  );

  it('the same when opening its data never ends', async () => {
    const { fake, limited, ask } = setUp(2, { waitMs: 60_000 });
    fake.open = async (id) => (id === 1 ? never() : undefined);
    for (let count = 0; count < 5; count += 1) void ask(1);
    await settle();

    await Promise.all(Array.from({ length: 50 }, (_none, index) => ask(index + 2)));

    expect(limited.usage(1)).toEqual({ used: 2, waiting: 3 });
  });

  it('a page never waits for itself: statements side by side, in a transaction, and of another use inside it', async () => {
    const { limited } = setUp(1, { waitMs: 60_000 });

    const done = await limited.use(storeOf(1), async (database) => {
      await Promise.all([database.query('SELECT 1'), database.query('SELECT 2'), database.query('SELECT 3')]);
      return database.transaction(async (inside) => {
        await inside.query('SELECT 4');
        await database.query('SELECT 5');
        await limited.use(storeOf(1), (again) => again.transaction((within) => within.query('SELECT 6')));
        return 'done';
      });
    });

    expect(done).toBe('done');
    expect(limited.usage(1)).toEqual({ used: 0, waiting: 0 });
  });

  it('a request that only waits holds no connection', async () => {
    const { limited, ask } = setUp(1, { waitMs: 60_000 });
    let isReading = false;
    void limited.use(storeOf(1), () => {
      isReading = true;
      return never();
    });
    await settle();

    expect(await ask(1)).toEqual([]);
    expect(isReading).toBe(true);
  });

  it('what outlives its transaction waits like everything else', async () => {
    const { limited } = setUp(1, { waitMs: 60_000 });
    let later: (() => Promise<object[]>) | null = null;
    await limited.use(storeOf(1), (database) =>
      database.transaction(async () => {
        // Bound to the transaction's context, and called after it.
        const { AsyncLocalStorage } = await import('node:async_hooks');
        later = AsyncLocalStorage.bind(() => database.query('SELECT 1'));
      }),
    );
    void limited.use(storeOf(1), (database) => database.transaction(never));
    await settle();

    void (later as unknown as () => Promise<object[]>)();
    await settle();

    expect(limited.usage(1)).toEqual({ used: 1, waiting: 1 });
  });

  it('a store whose data cannot be opened is answered at once, and comes back by itself', async () => {
    const clock = { now: 0 };
    const breaker = { failures: 3, pauseMs: 5000, now: () => clock.now };
    const { fake, opened, ask } = setUp(20, { breaker });
    fake.open = async () => {
      throw new UnavailableError('store_data_missing', 'The data is missing.');
    };
    for (let count = 0; count < 10; count += 1)
      await expect(ask(1)).rejects.toMatchObject({ status: 503, code: 'store_data_missing' });
    expect(opened).toEqual([1, 1, 1]);
    await expect(ask(1)).rejects.toMatchObject({ headers: { 'Retry-After': '5' } });

    fake.open = async () => undefined;
    clock.now = 5000;

    expect(await ask(1)).toEqual([]);
    expect(await ask(1)).toEqual([]);
  });

  it('a database that is gone counts too, a statement that fails does not', async () => {
    const clock = { now: 0 };
    const { fake, opened, ask } = setUp(20, { breaker: { failures: 2, pauseMs: 5000, now: () => clock.now } });
    fake.query = async () => {
      throw new Error('syntax error');
    };
    for (let count = 0; count < 5; count += 1) await expect(ask(1)).rejects.toThrow('syntax error');
    fake.query = async () => {
      throw new UnavailableError('database_unreachable', 'The database cannot be reached.');
    };
    for (let count = 0; count < 5; count += 1) await expect(ask(1)).rejects.toThrow('cannot be reached');

    expect(opened).toHaveLength(7);
  });
});
