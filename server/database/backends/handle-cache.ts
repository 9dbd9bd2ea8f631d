interface Entry<Handle> {
  readonly opening: Promise<Handle>;
  users: number;
}

/**
 * Keeps up to `max` handles open and closes the least recently used ones that nobody is using.
 * Handles in use are never closed: more than `max` can be open while that many are used at once, unless the limit
 * is strict; then who needs one more waits until another is free. Who uses a handle already never waits for it again.
 */
export class HandleCache<Handle> {
  /** In the order of last use, oldest first. */
  readonly #entries = new Map<number, Entry<Handle>>();
  readonly #close: (handle: Handle) => Promise<void>;
  readonly #max: number;
  readonly #isStrict: boolean;
  /** Who waits for a handle to become free, in the order they came. */
  readonly #waiting: (() => void)[] = [];
  #used = 0;

  constructor(max: number, close: (handle: Handle) => Promise<void>, options: { readonly isStrict?: boolean } = {}) {
    this.#max = max;
    this.#close = close;
    this.#isStrict = options.isStrict ?? false;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Handles that are being used right now. */
  get used(): number {
    return this.#used;
  }

  /** How many uses wait until a handle is free. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs `work` with the handle of `key`, opening it when it is not open. */
  async use<Result>(
    key: number,
    open: () => Promise<Handle>,
    work: (handle: Handle) => Promise<Result>,
  ): Promise<Result> {
    while (!this.#mayUse(key)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    // Nothing is awaited between looking and taking: of all who see a free place, one gets it.
    const entry = this.#take(key, open);
    try {
      return await work(await this.#opened(key, entry));
    } finally {
      entry.users -= 1;
      if (entry.users === 0) {
        this.#used -= 1;
        // All of them look again: one may want a handle that is in use meanwhile, and needs no place.
        for (const wake of this.#waiting.splice(0)) wake();
      }
      if (this.#entries.size > this.#max) await this.#closeIdle();
    }
  }

  /** Whether a use may begin: where the limit is strict, of a handle in use already, or of one more within the limit. */
  #mayUse(key: number): boolean {
    return !this.#isStrict || this.#used < this.#max || (this.#entries.get(key)?.users ?? 0) > 0;
  }

  #take(key: number, open: () => Promise<Handle>): Entry<Handle> {
    const entry = this.#entries.get(key) ?? { opening: this.#openInRoom(open), users: 0 };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (entry.users === 0) this.#used += 1;
    entry.users += 1;
    return entry;
  }

  /** Opens a handle; where the limit is strict and reached, an idle one is closed first. */
  #openInRoom(open: () => Promise<Handle>): Promise<Handle> {
    const isFull = this.#isStrict && this.#entries.size >= this.#max;
    const idle = isFull ? [...this.#entries].find(([, entry]) => entry.users === 0) : undefined;
    if (!idle) return open();
    // One that cannot be closed is no fault of the one that is opened.
    return this.remove(idle[0]).then(open, open);
  }

  /** Closes the handle of `key`, when it is open, and forgets it. */
  async remove(key: number): Promise<void> {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    if (entry) await this.#close(await entry.opening);
  }

  async clear(): Promise<void> {
    for (const key of [...this.#entries.keys()]) await this.remove(key);
  }

  async #opened(key: number, entry: Entry<Handle>): Promise<Handle> {
    try {
      return await entry.opening;
    } catch (error) {
      // A failed opening is not kept: the next request tries again.
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }

  async #closeIdle(): Promise<void> {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.#max) return;
      if (entry.users === 0) await this.remove(key);
    }
  }
}
