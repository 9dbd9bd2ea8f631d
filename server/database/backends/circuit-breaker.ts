import { UnavailableError } from '../../errors.ts';

export interface BreakerOptions {
  /** Failures in a row after which a store is not tried for a while. */
  readonly failures: number;
  /** How long, in milliseconds; then one request tries. */
  readonly pauseMs: number;
  readonly now?: () => number;
}

interface State {
  failures: number;
  openUntil: number;
  isProbing: boolean;
  error: UnavailableError;
}

/**
 * Remembers stores whose data could not be reached several times in a row. For some seconds they are answered at once
 * instead of being tried again; then one request tries, and its success ends it.
 */
export class CircuitBreaker {
  readonly #options: BreakerOptions;
  readonly #now: () => number;
  readonly #states = new Map<number, State>();

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Asks whether a store may be tried. After a pause the first who asks is the one that tries: it must tell how it went,
   * with {@link failed}, {@link succeeded} or {@link undecided}.
   * @throws {UnavailableError} as the last failure said, with `Retry-After`
   */
  enter(storeId: number): void {
    const state = this.#states.get(storeId);
    if (!state || state.failures < this.#options.failures) return;
    const left = state.openUntil - this.#now();
    if (left <= 0 && !state.isProbing) {
      state.isProbing = true;
      return;
    }
    const { code, message, cause } = state.error;
    throw new UnavailableError(code, message, cause, left / 1000);
  }

  succeeded(storeId: number): void {
    if (this.#states.size > 0) this.#states.delete(storeId);
  }

  failed(storeId: number, error: UnavailableError): void {
    const failures = (this.#states.get(storeId)?.failures ?? 0) + 1;
    const openUntil = this.#now() + this.#options.pauseMs;
    this.#states.set(storeId, { failures, openUntil, isProbing: false, error });
  }

  /** Whoever tried found out nothing: the next one tries. */
  undecided(storeId: number): void {
    const state = this.#states.get(storeId);
    if (state) state.isProbing = false;
  }
}
