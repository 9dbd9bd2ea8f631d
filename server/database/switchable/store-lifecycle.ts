import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../../errors.ts';

const POLL_MS = 10;
/** Making a store with many goods takes some seconds. */
const FREEZE_LIMIT_MS = 60_000;
const RETRY_AFTER_SECONDS = 30;

/** Which stores there are must not change while they are moved: making, deleting and restoring one passes here. */
export class StoreLifecycle {
  #running = 0;
  #isFrozen = false;

  /** @throws {UnavailableError} while the platform moves to another backend */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isFrozen) throw frozen();
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }

  /** The same for what nobody waits for: it begins when it may. */
  async whenAllowed<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#isFrozen) await sleep(POLL_MS);
    return this.run(work);
  }

  /**
   * Refuses changes from now on and waits until those under way have ended.
   * @returns the function that allows them again
   * @throws {UnavailableError} when one does not end
   */
  async freeze(signal: AbortSignal): Promise<() => void> {
    this.#isFrozen = true;
    const thaw = () => {
      this.#isFrozen = false;
    };
    try {
      for (const until = Date.now() + FREEZE_LIMIT_MS; this.#running > 0; await sleep(POLL_MS)) {
        signal.throwIfAborted();
        if (Date.now() > until)
          throw new UnavailableError('store_in_the_making', 'A store is being made or removed. Try again later.');
      }
    } catch (error) {
      thaw();
      throw error;
    }
    return thaw;
  }
}

function frozen(): UnavailableError {
  return new UnavailableError(
    'backend_switching',
    'Stores cannot be made, deleted or restored while the platform moves to another backend. Wait until it has ended, or cancel it. Nothing was changed.',
    undefined,
    RETRY_AFTER_SECONDS,
  );
}
