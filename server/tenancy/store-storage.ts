import { LRUCache } from 'lru-cache';
import type { StoreRef } from '../database/store-database.ts';
import { InsufficientStorageError } from '../errors.ts';

export interface StoreStorageParts {
  /** Bytes of a store's database and files. */
  readonly sizeOf: (store: StoreRef) => Promise<number>;
  readonly limits: { of(storeId: number): Promise<{ readonly storageMegabytes: number }> };
}

/** Sizes are counted from files and catalogues, which takes too long for every write. */
const KNOWN_FOR_MS = 5000;
const STORES_KEPT = 10_000;
const MEGABYTE = 1024 * 1024;

/** How much room stores use, and whether there is more. What is known of a store is at most a few seconds old. */
export class StoreStorage {
  readonly #parts: StoreStorageParts;
  readonly #sizes = new LRUCache<number, Promise<number>>({ max: STORES_KEPT, ttl: KNOWN_FOR_MS });

  constructor(parts: StoreStorageParts) {
    this.#parts = parts;
  }

  /** Bytes that a store uses. */
  usedBytes(store: StoreRef): Promise<number> {
    const known = this.#sizes.get(store.id);
    if (known) return known;
    const size = this.#parts.sizeOf(store);
    this.#sizes.set(store.id, size);
    // A failure is not kept: the next one counts again.
    size.catch(() => this.#sizes.delete(store.id));
    return size;
  }

  /**
   * Makes sure that a store may take more room.
   * @param bytes how much more; 0 when that is not known
   * @throws {InsufficientStorageError} when it would pass the store's limit
   */
  async ensureRoom(store: StoreRef, bytes: number): Promise<void> {
    const { storageMegabytes } = await this.#parts.limits.of(store.id);
    // Where the size cannot be told, the write itself says what is wrong.
    const used = await this.usedBytes(store).catch(() => 0);
    if (used + Math.max(1, bytes) <= storageMegabytes * MEGABYTE) return;
    throw new InsufficientStorageError(
      `${store.code} may use ${storageMegabytes} MB and uses ${(used / MEGABYTE).toFixed(1)} MB. Delete something, or let the platform's administrator raise the limit.`,
    );
  }

  /** Drops what is known of a store's size, after it changed by much. */
  forget(storeId: number): void {
    this.#sizes.delete(storeId);
  }
}
