/** Milliseconds before each try; the first is at once, because most crashes do not repeat. */
const DELAYS_MS = [0, 250, 500, 1000, 2000] as const;
/** What ran this long was well: a later end is a new story. */
const WELL_AFTER_MS = 10_000;

/** Decides how long to wait before something that ended by itself is started again, and when to give up. */
export class BackOff {
  #quickEnds = 0;

  /**
   * @param ranForMs how long it was well; 0 when it never was
   * @returns milliseconds to wait, or null after too many quick ends in a row
   */
  next(ranForMs: number): number | null {
    if (ranForMs >= WELL_AFTER_MS) this.#quickEnds = 0;
    const delay = DELAYS_MS[this.#quickEnds];
    this.#quickEnds += 1;
    return delay ?? null;
  }
}
