import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../../errors.ts';

export interface WriteGateOptions {
  /** How long a write waits in front of the closed gate before it is refused, in milliseconds. */
  readonly waitMs: number;
  /** How long a closing gate lets requests that had begun go on writing, in milliseconds. */
  readonly requestsMs: number;
  /** How long a closing gate waits for writes that run, in milliseconds. */
  readonly writesMs: number;
}

const DEFAULTS: WriteGateOptions = { waitMs: 10_000, requestsMs: 2000, writesMs: 20_000 };
const POLL_MS = 5;
const RETRY_AFTER_SECONDS = 5;

/**
 * What every write passes. Open, it only notes that a store was written to. Closed, writes wait for some seconds: while
 * the platform moves, nothing may be written that the move would not see.
 */
export class WriteGate {
  readonly #options: WriteGateOptions;
  /** Counts a store's writes, at their beginning and at their end. */
  readonly #versions = new Map<number, number>();
  #requests = 0;
  #writes = 0;
  /** `closing`: what began before may still write, nothing new begins. */
  #state: 'open' | 'closing' | 'closed' = 'open';
  #opened: Promise<void> = Promise.resolve();
  #open: () => void = () => undefined;
  #epoch = 0;

  constructor(options: Partial<WriteGateOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Counts the moves: a handle of an earlier epoch belongs to a backend that is not in force any more. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Changes whenever a store is written to, and while it is being written to. */
  version(storeId: number): number {
    return this.#versions.get(storeId) ?? 0;
  }

  /**
   * Runs a request that may write. It waits here, before it has opened anything, rather than half-way.
   * @throws {UnavailableError} when the gate stays closed for too long
   */
  async request<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#state !== 'open') await this.#waitUntilOpen();
    this.#requests += 1;
    try {
      return await work();
    } finally {
      this.#requests -= 1;
    }
  }

  /**
   * Runs a write.
   * @param storeId whose data is written; null for the platform's
   * @param epoch of the handle that writes; null for one that always writes to what is in force
   * @throws {UnavailableError} when the gate stays closed for too long, or the handle's backend is not in force any more
   */
  async write<Result>(storeId: number | null, epoch: number | null, work: () => Promise<Result>): Promise<Result> {
    while (this.#state === 'closed') await this.#waitUntilOpen();
    if (epoch !== null && epoch !== this.#epoch) throw moved();
    this.#writes += 1;
    this.#touch(storeId);
    try {
      return await work();
    } finally {
      this.#writes -= 1;
      this.#touch(storeId);
    }
  }

  /**
   * Closes the gate and waits until nothing is being written. Requests that had begun may finish what they write.
   * @throws {UnavailableError} when a write does not end; the gate is open again then
   */
  async close(signal: AbortSignal): Promise<void> {
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.#state = 'closing';
    try {
      await this.#until(() => this.#requests === 0, this.#options.requestsMs, signal);
      this.#state = 'closed';
      if (await this.#until(() => this.#writes === 0, this.#options.writesMs, signal)) return;
    } catch (error) {
      this.open();
      throw error;
    }
    this.open();
    const seconds = this.#options.writesMs / 1000;
    throw new UnavailableError('writes_do_not_end', `A write did not end within ${seconds} seconds. Try again later.`);
  }

  /** Lets writes go on. */
  open(): void {
    this.#state = 'open';
    this.#open();
  }

  /** Says that another backend is in force: handles of the earlier one cannot write any more. */
  advance(): void {
    this.#epoch += 1;
    this.#versions.clear();
  }

  #touch(storeId: number | null): void {
    if (storeId !== null) this.#versions.set(storeId, this.version(storeId) + 1);
  }

  async #waitUntilOpen(): Promise<void> {
    const given = AbortSignal.timeout(this.#options.waitMs);
    const isOver = new Promise<true>((resolve) => given.addEventListener('abort', () => resolve(true)));
    if (await Promise.race([this.#opened.then(() => false), isOver])) throw switching();
  }

  async #until(holds: () => boolean, limitMs: number, signal: AbortSignal): Promise<boolean> {
    for (const until = Date.now() + limitMs; !holds(); await sleep(POLL_MS)) {
      signal.throwIfAborted();
      if (Date.now() > until) return false;
    }
    return true;
  }
}

function switching(): UnavailableError {
  return new UnavailableError(
    'backend_switching',
    'The platform is moving to another backend. Nothing was changed; try again in some seconds.',
    undefined,
    RETRY_AFTER_SECONDS,
  );
}

function moved(): UnavailableError {
  return new UnavailableError(
    'backend_switching',
    'The platform has just moved to another backend. Nothing was changed; try again.',
    undefined,
    1,
  );
}
