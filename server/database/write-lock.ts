/**
 * Lets one writer at a time into a database. SQLite allows one write transaction a file, and better-sqlite3
 * waits for another's synchronously: two transactions of this process would block each other for good.
 */
export class WriteLock {
  #tail: Promise<unknown> = Promise.resolve();

  /** Runs `work` when all earlier work has ended, whether it failed or not. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
