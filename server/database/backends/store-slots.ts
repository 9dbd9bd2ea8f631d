/** How many slots a store uses, and how many wait for one. */
export interface SlotUsage {
  readonly used: number;
  readonly waiting: number;
}

export interface SlotOptions {
  /** How many may wait for one store; further ones are refused at once. Null: any number. */
  readonly maxWaiting: number | null;
  /** How long one waits before it is refused, in milliseconds. Null: until it is its turn. */
  readonly waitMs: number | null;
  /** Slots that all stores share; null where each store has its own. */
  readonly shared: () => number | null;
}

interface Waiter {
  readonly admit: () => void;
}

interface Line {
  used: number;
  limit: number;
  /** First come, first served. */
  readonly waiting: Waiter[];
}

/** Thrown when there is no slot; `reason` says which. */
export class NoSlotError extends Error {
  readonly reason: 'too_many_waiting' | 'waited_too_long';

  constructor(reason: NoSlotError['reason'], message: string) {
    super(message);
    this.name = 'NoSlotError';
    this.reason = reason;
  }
}

/**
 * Lets each store have a number of slots (connections, jobs) at once, and keeps a line of those who wait for each store alone, so that
 * nobody waits for another store's work. Where stores share all slots, a store may have no more of them
 * than are left free: one that uses many always leaves some for those that come later.
 * Source: A. K. Choudhury, E. L. Hahne, "Dynamic queue length thresholds for shared-memory packet switches", 1998.
 */
export class StoreSlots {
  readonly #options: SlotOptions;
  readonly #lines = new Map<number, Line>();
  /** Stores somebody waits for, the one that waits longest first. */
  readonly #waitedFor = new Set<number>();
  #used = 0;

  constructor(options: SlotOptions) {
    this.#options = options;
  }

  /**
   * Waits for a slot of a store; returns the function that gives it back, which may be called twice.
   * @param limit how many slots the store may have now
   * @throws {NoSlotError} when too many wait, or when it took too long
   */
  async take(storeId: number, limit: number): Promise<() => void> {
    const line = this.#lines.get(storeId) ?? { used: 0, limit, waiting: [] };
    line.limit = limit;
    this.#lines.set(storeId, line);
    // A limit that was raised is first for those who wait already.
    this.#admitAll([storeId]);
    if (line.waiting.length === 0 && this.#isFree(line)) this.#occupy(line);
    else await this.#wait(storeId, line);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#leave(storeId, line);
    };
  }

  usage(storeId: number): SlotUsage {
    const line = this.#lines.get(storeId);
    return { used: line?.used ?? 0, waiting: line?.waiting.length ?? 0 };
  }

  /** By store; only those that have a slot or wait for one. */
  usages(): ReadonlyMap<number, SlotUsage> {
    return new Map([...this.#lines.keys()].map((storeId) => [storeId, this.usage(storeId)]));
  }

  #isFree(line: Line): boolean {
    const shared = this.#options.shared();
    return line.used < line.limit && (shared === null || line.used < shared - this.#used);
  }

  #occupy(line: Line): void {
    line.used += 1;
    this.#used += 1;
  }

  #wait(storeId: number, line: Line): Promise<void> {
    const { maxWaiting, waitMs } = this.#options;
    if (maxWaiting !== null && line.waiting.length >= maxWaiting) {
      const text = `all ${line.used} connections it may have now are in use, and ${maxWaiting} requests wait already`;
      return Promise.reject(new NoSlotError('too_many_waiting', text));
    }
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | null = null;
      const waiter: Waiter = {
        admit() {
          if (timer) clearTimeout(timer);
          resolve();
        },
      };
      if (waitMs !== null)
        timer = setTimeout(() => {
          line.waiting.splice(line.waiting.indexOf(waiter), 1);
          this.#tidy(storeId, line);
          const text = `none of the ${line.used} connections it may have now became free in ${waitMs} ms`;
          reject(new NoSlotError('waited_too_long', text));
        }, waitMs);
      line.waiting.push(waiter);
      this.#waitedFor.add(storeId);
    });
  }

  #leave(storeId: number, line: Line): void {
    line.used -= 1;
    this.#used -= 1;
    // A shared slot that became free may be what another store waits for.
    this.#admitAll(this.#options.shared() === null ? [storeId] : [...this.#waitedFor]);
    this.#tidy(storeId, line);
  }

  /** Lets in those who wait, one a store and then again, as far as there is room. */
  #admitAll(storeIds: readonly number[]): void {
    let wasAnyServed = true;
    while (wasAnyServed) wasAnyServed = storeIds.filter((storeId) => this.#admitOne(storeId)).length > 0;
  }

  #admitOne(storeId: number): boolean {
    const line = this.#lines.get(storeId);
    if (!line || line.waiting.length === 0 || !this.#isFree(line)) return false;
    this.#occupy(line);
    line.waiting.shift()?.admit();
    // A store that was served goes to the end of the line of stores.
    this.#waitedFor.delete(storeId);
    if (line.waiting.length > 0) this.#waitedFor.add(storeId);
    return true;
  }

  #tidy(storeId: number, line: Line): void {
    if (line.waiting.length === 0) this.#waitedFor.delete(storeId);
    if (line.used === 0 && line.waiting.length === 0 && this.#lines.get(storeId) === line) this.#lines.delete(storeId);
  }
}
