import { LRUCache } from 'lru-cache';
import type { ChangeLimitsInput, StoreLimits } from '../contract/backends.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type StoreLimitsRecord, storeLimits } from '../database/platform-tables.ts';

/** The names of the limits, in the order they are shown. */
export const LIMIT_NAMES = ['requestsPerMinute', 'connections', 'storageMegabytes', 'concurrentJobs'] as const;

type Overrides = Pick<StoreLimitsRecord, (typeof LIMIT_NAMES)[number]>;

const STORES_KEPT = 10_000;
const NO_OVERRIDES: Overrides = Object.freeze({
  requestsPerMinute: null,
  connections: null,
  storageMegabytes: null,
  concurrentJobs: null,
});

/**
 * What each store may use: the platform's defaults, and what was decided for a store. Read through a bounded cache;
 * a change made here acts at once, one made by another process when {@link StoreLimitService.forget} is called.
 */
export class StoreLimitService {
  readonly defaults: StoreLimits;
  readonly #platform: PlatformDatabase;
  readonly #listeners = new Set<(storeId: number) => void>();
  readonly #cache = new LRUCache<number, StoreLimits>({ max: STORES_KEPT });
  #generation = 0;

  constructor(platform: PlatformDatabase, defaults: StoreLimits) {
    this.#platform = platform;
    this.defaults = Object.freeze({ ...defaults });
  }

  /** Tells of every change that was made here, after it is in the database. Returns the function that ends it. */
  subscribe(listener: (storeId: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The limits in force for a store. */
  async of(storeId: number): Promise<StoreLimits> {
    const known = this.#cache.get(storeId);
    if (known) return known;
    const asked = this.#generation;
    const limits = this.#merge(await this.#overrides(this.#platform, storeId));
    // What was read before a change must not outlive it.
    if (asked === this.#generation) this.#cache.set(storeId, limits);
    return limits;
  }

  /**
   * Changes a store's limits; null sets one back to the default, what is absent stays.
   * @param actor who asked, for the audit log
   * @returns the limits now in force
   */
  async change(
    store: { readonly id: number; readonly code: string },
    changes: ChangeLimitsInput,
    actor: string,
  ): Promise<StoreLimits> {
    const limits = await this.#platform.transaction(async (inside) => {
      const before = await this.#overrides(inside, store.id);
      const after = { ...before, ...withoutAbsent(changes) };
      const different = LIMIT_NAMES.filter((name) => before[name] !== after[name]);
      if (different.length === 0) return this.#merge(after);
      await inside.table(storeLimits).delete({ storeId: store.id });
      if (LIMIT_NAMES.some((name) => after[name] !== null))
        await inside.table(storeLimits).insert({ ...after, storeId: store.id, updatedAt: new Date() });
      await inside.audit({
        actor,
        storeId: store.id,
        action: 'store.limits',
        resource: store.code,
        changes: Object.fromEntries(different.map((name) => [name, after[name]])),
      });
      return this.#merge(after);
    });
    this.forget(store.id);
    for (const listener of this.#listeners) listener(store.id);
    return limits;
  }

  /** The names of the limits that differ from the defaults. */
  changedNames(limits: StoreLimits): string[] {
    return LIMIT_NAMES.filter((name) => limits[name] !== this.defaults[name]);
  }

  /** Drops what is known of a store; the next look asks the database. */
  forget(storeId: number): void {
    this.#generation += 1;
    this.#cache.delete(storeId);
  }

  /** Drops what is known of every store. */
  forgetAll(): void {
    this.#generation += 1;
    this.#cache.clear();
  }

  async #overrides(platform: PlatformDatabase, storeId: number): Promise<Overrides> {
    const record = await platform.table(storeLimits).findOne({ where: { storeId } });
    if (!record) return NO_OVERRIDES;
    const { requestsPerMinute, connections, storageMegabytes, concurrentJobs } = record;
    return { requestsPerMinute, connections, storageMegabytes, concurrentJobs };
  }

  #merge(overrides: Overrides): StoreLimits {
    const entries = LIMIT_NAMES.map((name) => [name, overrides[name] ?? this.defaults[name]]);
    return Object.freeze(Object.fromEntries(entries) as StoreLimits);
  }
}

function withoutAbsent(changes: ChangeLimitsInput): Partial<Overrides> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
