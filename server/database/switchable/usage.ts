import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 10;

/** Something that is in force for a while, with the number of those who are using it. */
export class Usage<Held> {
  readonly held: Held;
  #users = 0;

  constructor(held: Held) {
    this.held = held;
  }

  async during<Result>(work: (held: Held) => Promise<Result>): Promise<Result> {
    this.#users += 1;
    try {
      return await work(this.held);
    } finally {
      this.#users -= 1;
    }
  }

  /** Waits until nobody uses it, but not longer than `limitMs`. */
  async idle(limitMs: number): Promise<void> {
    for (const until = Date.now() + limitMs; this.#users > 0 && Date.now() < until; ) await sleep(POLL_MS);
  }
}
