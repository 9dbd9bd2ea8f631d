import { availableParallelism } from 'node:os';
import { type SlotUsage, StoreSlots } from '../database/backends/store-slots.ts';

export interface StoreJobsOptions {
  readonly limits: { of(storeId: number): Promise<{ readonly concurrentJobs: number }> };
  /** Jobs of all stores together; without it, what the machine's processors suggest. */
  readonly total?: number;
}

/** So many that one store alone can have the default number of jobs, and others still find room. */
const MIN_TOTAL = 10;

/**
 * Runs what takes a while for a store, such as drawing its logo: at most so many at once as the store may have, and
 * not more than the machine can bear. Others wait, as long as it takes, first come, first served for each store.
 */
export class StoreJobs {
  readonly #options: StoreJobsOptions;
  readonly #slots: StoreSlots;

  constructor(options: StoreJobsOptions) {
    this.#options = options;
    const total = options.total ?? Math.max(MIN_TOTAL, 2 * availableParallelism());
    this.#slots = new StoreSlots({ maxWaiting: null, waitMs: null, shared: () => total });
  }

  /** Runs a job when it is its turn; gives what it gives, and fails as it fails. */
  async run<Result>(storeId: number, job: () => Promise<Result>): Promise<Result> {
    const { concurrentJobs } = await this.#options.limits.of(storeId);
    const release = await this.#slots.take(storeId, concurrentJobs);
    try {
      return await job();
    } finally {
      release();
    }
  }

  /** Jobs of a store that run, and that wait. */
  usage(storeId: number): SlotUsage {
    return this.#slots.usage(storeId);
  }
}
