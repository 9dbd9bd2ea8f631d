import { createHash } from 'node:crypto';
import { AppError } from '../../errors.ts';
import type { StoreBackend, StoreRef } from '../store-database.ts';
import type { WriteGate } from '../switchable/write-gate.ts';
import { type ContentHash, type HashOptions, hashContent } from '../transfer/content-hash.ts';
import { copyContent } from '../transfer/copy-content.ts';
import { describeDifference } from '../transfer/find-difference.ts';
import { inParallel } from './in-parallel.ts';

export interface StoreMoverParts extends Pick<HashOptions, 'tables' | 'signal'> {
  readonly source: StoreBackend;
  readonly target: StoreBackend;
  readonly gate: WriteGate;
  /** Told of each store that is begun, and how far the whole is. */
  readonly onProgress: (progress: {
    readonly store: string;
    readonly storesDone: number;
    readonly rowsDone: number;
  }) => void;
}

interface Moved {
  /** Of the gate when the copy was begun: another one now means that the store was written to since. */
  readonly version: number;
  readonly hash: string;
}

/** Stores at once: Postgres works on several, and SQLite's part is done in between. */
const WORKERS = 4;

/** Copies stores into the target and compares each with what it was copied from. Writes to the source may go on. */
export class StoreMover {
  readonly #parts: StoreMoverParts;
  readonly #moved = new Map<number, Moved>();
  /** Rows that are in the target, by store. */
  readonly #rows = new Map<number, number>();
  #rowsDone = 0;

  constructor(parts: StoreMoverParts) {
    this.#parts = parts;
  }

  /** Those of these stores that are not in the target as they are now. */
  behind(stores: readonly StoreRef[]): StoreRef[] {
    return stores.filter(({ id }) => this.#moved.get(id)?.version !== this.#parts.gate.version(id));
  }

  /**
   * Copies and compares stores. A store that is written to meanwhile is `behind` afterwards.
   * @param isContinued look first whether a store is there already
   * @throws {AppError} naming store, table and row when the target differs from the source
   */
  move(stores: readonly StoreRef[], isContinued: boolean): Promise<void> {
    return inParallel(stores, WORKERS, async (store) => {
      this.#parts.signal.throwIfAborted();
      const version = this.#parts.gate.version(store.id);
      this.#forget(store);
      try {
        await this.#parts.target.create(store);
        const content = (isContinued && (await this.#sameContent(store))) || (await this.#copy(store, version));
        if (content) this.#moved.set(store.id, { version, hash: content.hash });
        this.#count(store, content?.rows ?? 0);
      } catch (error) {
        this.#forget(store);
        this.#parts.signal.throwIfAborted();
        // What was read between two writes may refer to what was not there yet.
        if (this.#parts.gate.version(store.id) === version) throw named(store, error);
      }
    });
  }

  /** SHA-256 over the content of all stores, in the order of their ids. */
  contentHash(): string {
    const hash = createHash('sha256');
    for (const [id, moved] of [...this.#moved].sort(([a], [b]) => a - b)) hash.update(`${id} ${moved.hash}\n`);
    return hash.digest('hex');
  }

  /** Returns null when the store was written to meanwhile. */
  async #copy(store: StoreRef, version: number): Promise<ContentHash | null> {
    const { source, target, gate, ...options } = this.#parts;
    let rows = 0;
    const onRows = (more: number) => {
      rows += more;
      this.#count(store, rows);
    };
    const copied = await source.use(store, (from) =>
      target.use(store, (into) => into.transaction((inside) => copyContent(from, inside, { ...options, onRows }))),
    );
    if (gate.version(store.id) !== version) return null;
    const there = await target.use(store, (into) => hashContent(into, options));
    if (there.hash === copied.hash) return copied;
    const difference = await source.use(store, (from) =>
      target.use(store, (into) => describeDifference(from, into, options.tables, { source: copied, target: there })),
    );
    throw new AppError(`what was copied is not what was read: ${difference}.`, {
      status: 500,
      code: 'content_differs',
    });
  }

  /** What is in both, when that is the same. */
  async #sameContent(store: StoreRef): Promise<ContentHash | null> {
    const { source, target, ...options } = this.#parts;
    const there = await target.use(store, (into) => hashContent(into, options));
    const here = await source.use(store, (from) => hashContent(from, options));
    return there.hash === here.hash ? here : null;
  }

  #forget(store: StoreRef): void {
    this.#moved.delete(store.id);
    this.#count(store, 0);
  }

  /** Says how many rows of a store are in the target. */
  #count(store: StoreRef, rows: number): void {
    this.#rowsDone += rows - (this.#rows.get(store.id) ?? 0);
    this.#rows.set(store.id, rows);
    this.#parts.onProgress({ store: store.code, storesDone: this.#moved.size, rowsDone: this.#rowsDone });
  }
}

/** The store's name before what happened to it. */
function named(store: StoreRef, error: unknown): AppError {
  const { message } = error as Error;
  return new AppError(`Store ${store.code}: ${message}`, { status: 500, code: 'store_not_moved', cause: error });
}
