/**
 * Keeps one store from using up the connections of all. What is counted is a statement or a transaction, and opening the
 * store's data: a request that only waits for its client holds nothing. A transaction counts once, whatever runs
 * in it, so that no request ever waits for itself.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { UnavailableError } from '../../errors.ts';
import type { StoreRow, TableDefinition } from '../model.ts';
import { backendName, type StoreBackend, type StoreDatabase, type StoreRef } from '../store-database.ts';
import type { Table } from '../table.ts';
import { type BreakerOptions, CircuitBreaker } from './circuit-breaker.ts';
import { NoSlotError, type SlotOptions, type SlotUsage, StoreSlots } from './store-slots.ts';
import { withUse } from './wrap-backend.ts';

export interface GateOptions extends Partial<Omit<SlotOptions, 'shared'>> {
  readonly breaker?: BreakerOptions;
}

/** A backend that gives each store only so many connections at once. */
export interface LimitedBackend extends StoreBackend {
  usage(storeId: number): SlotUsage;
  /** By store; only those that use a connection or wait for one. */
  usages(): ReadonlyMap<number, SlotUsage>;
}

/** Runs one use of a store's connections when it may. */
type Enter = <Result>(work: () => Promise<Result>) => Promise<Result>;

const MAX_WAITING = 100;
const WAIT_MS = 5000;
const RETRY_SECONDS = 2;
const BREAKER: BreakerOptions = { failures: 3, pauseMs: 5000 };
/** What says that there is no database, rather than that a statement failed. */
const UNREACHABLE_CODES: ReadonlySet<string> = new Set(['database_unreachable', 'database_gone']);

/** The transactions that the running code is inside of. */
const insideOf = new AsyncLocalStorage<{ readonly storeId: number; isActive: boolean }>();

/**
 * Wraps a backend so that each store uses at most `limitOf` connections at once. More wait in the store's own line, first
 * come, first served, then get 503 `store_busy`. A store that cannot be reached is not tried for some seconds.
 */
export function limitConnections(
  backend: StoreBackend,
  limitOf: (store: StoreRef) => Promise<number>,
  options: GateOptions = {},
): LimitedBackend {
  const breaker = new CircuitBreaker(options.breaker ?? BREAKER);
  const slots = new StoreSlots({
    maxWaiting: options.maxWaiting ?? MAX_WAITING,
    waitMs: options.waitMs ?? WAIT_MS,
    shared: sharedConnections(backend),
  });
  const enterOf =
    (store: StoreRef, limit: number): Enter =>
    async (work) => {
      if (isInside(store)) return work();
      const release = await takeSlot(slots, store, limit);
      try {
        const result = await work();
        breaker.succeeded(store.id);
        return result;
      } catch (error) {
        if (error instanceof UnavailableError && UNREACHABLE_CODES.has(error.code)) breaker.failed(store.id, error);
        throw error;
      } finally {
        release();
      }
    };

  async function use<Result>(store: StoreRef, work: (database: StoreDatabase) => Promise<Result>): Promise<Result> {
    if (isInside(store)) return backend.use(store, work);
    const limit = await limitOf(store);
    breaker.enter(store.id);
    let release: () => void = () => undefined;
    let isOpen = false;
    try {
      release = await takeSlot(slots, store, limit);
      return await backend.use(store, (database) => {
        isOpen = true;
        release();
        return work(limitedHandle(database, enterOf(store, limit)));
      });
    } catch (error) {
      if (!isOpen && error instanceof UnavailableError && error.code !== 'store_busy') breaker.failed(store.id, error);
      throw error;
    } finally {
      release();
      breaker.undecided(store.id);
    }
  }

  return Object.defineProperties(withUse(backend, use), {
    usage: { value: (storeId: number) => slots.usage(storeId) },
    usages: { value: () => slots.usages() },
  }) as LimitedBackend;
}

function isInside(store: StoreRef): boolean {
  const transaction = insideOf.getStore();
  return transaction?.isActive === true && transaction.storeId === store.id;
}

/** Files are opened one a store; connections to Postgres come from one budget, whatever the isolation. */
function sharedConnections(backend: StoreBackend): () => number | null {
  let known: { readonly name: string; readonly max: number } | null = null;
  return () => {
    if (backend.engine !== 'postgres') return null;
    const name = backendName(backend);
    // The budget belongs to a backend, and counting connections is not free.
    if (known?.name !== name) known = { name, max: backend.stats().connections.max };
    return known.max;
  };
}

/** @throws {UnavailableError} `store_busy` with `Retry-After` */
async function takeSlot(slots: StoreSlots, store: StoreRef, limit: number): Promise<() => void> {
  try {
    return await slots.take(store.id, limit);
  } catch (error) {
    if (!(error instanceof NoSlotError)) throw error;
    const hint = `Its limit can be raised: orion store limits ${store.code} --connections N`;
    throw new UnavailableError(
      'store_busy',
      `${store.code} has more work at this moment than it may have at once. Try again in ${RETRY_SECONDS} s.`,
      new Error(`Store ${store.code}: ${error.message}. ${hint}`, { cause: error }),
      RETRY_SECONDS,
    );
  }
}

function limitedHandle(database: StoreDatabase, enter: Enter): StoreDatabase {
  return {
    storeId: database.storeId,
    table: <Row extends StoreRow>(definition: TableDefinition<Row>) =>
      limitedTable<Row>(database.table(definition), enter),
    query: (sql, bind) => enter(() => database.query(sql, bind)),
    transaction: (work) =>
      enter(async () => {
        const scope = { storeId: database.storeId, isActive: true };
        try {
          return await insideOf.run(scope, () => database.transaction(work));
        } finally {
          scope.isActive = false;
        }
      }),
  };
}

function limitedTable<Row extends StoreRow>(table: Table<Row, 'storeId'>, enter: Enter): Table<Row, 'storeId'> {
  return {
    find: (options) => enter(() => table.find(options)),
    findOne: (options) => enter(() => table.findOne(options)),
    count: (where, options) => enter(() => table.count(where, options)),
    insert: (...rows) => enter(() => table.insert(...rows)),
    update: (where, changes, options) => enter(() => table.update(where, changes, options)),
    delete: (where) => enter(() => table.delete(where)),
  };
}
