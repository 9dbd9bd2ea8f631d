interface Entry<Handle> {
  readonly opening: Promise<Handle>;
  users: number;
}

/**
 * Keeps up to `max` handles open and closes the least recently used ones that nobody is using.
 * Handles in use are never closed, so more than `max` can be open while that many are used at once.
 */
export class HandleCache<Handle> {
  /** In the order of last use, oldest first. */
  readonly #entries = new Map<number, Entry<Handle>>();
  readonly #close: (handle: Handle) => Promise<void>;
  readonly #max: number;

  constructor(max: number, close: (handle: Handle) => Promise<void>) {
    this.#max = max;
    this.#close = close;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Handles that are being used right now. */
  get used(): number {
    return [...this.#entries.values()].filter((entry) => entry.users > 0).length;
  }

  /** Runs `work` with the handle of `key`, opening it when it is not open. */
  async use<Result>(
    key: number,
    open: () => Promise<Handle>,
    work: (handle: Handle) => Promise<Result>,
  ): Promise<Result> {
    const entry = this.#entries.get(key) ?? { opening: open(), users: 0 };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users += 1;
    try {
      return await work(await this.#opened(key, entry));
    } finally {
      entry.users -= 1;
      if (this.#entries.size > this.#max) await this.#closeIdle();
    }
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
