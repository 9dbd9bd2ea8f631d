import type { BackendId, SwitchStatus } from '../../contract/backends.ts';

const PUBLISH_EVERY_MS = 200;

/** The status of one move; tells of changes, but not of every row. */
export class SwitchProgress {
  #status: SwitchStatus;
  #publishedAt = 0;
  readonly #publish: (status: SwitchStatus) => void;

  constructor(
    first: Pick<SwitchStatus, 'id' | 'from' | 'to' | 'target' | 'actor' | 'storesTotal' | 'rowsTotal'>,
    publish: (status: SwitchStatus) => void,
  ) {
    this.#publish = publish;
    this.#status = {
      ...first,
      state: 'running',
      phase: 'plan',
      storesDone: 0,
      rowsDone: 0,
      store: null,
      startedAt: Date.now(),
      finishedAt: null,
      writesWaitedMs: null,
      contentHash: null,
      error: null,
    };
  }

  get status(): SwitchStatus {
    return this.#status;
  }

  get to(): BackendId {
    return this.#status.to;
  }

  /** Changes the status and tells of it at once. */
  set(changes: Partial<SwitchStatus>): void {
    this.#status = { ...this.#status, ...changes };
    this.#publishedAt = Date.now();
    this.#publish(this.#status);
  }

  /** Changes the status and tells of it when that has not been done for a while. */
  note(changes: Partial<Pick<SwitchStatus, 'store' | 'storesDone' | 'rowsDone'>>): void {
    this.#status = { ...this.#status, ...changes };
    if (Date.now() - this.#publishedAt >= PUBLISH_EVERY_MS) this.set({});
  }
}
