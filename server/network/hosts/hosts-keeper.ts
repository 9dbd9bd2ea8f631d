import type { HostsProblem } from '../../contract/names.ts';
import { flushNames } from './flush-names.ts';
import type { HostsDesk } from './hosts-desk.ts';
import { HostsChangedError } from './hosts-errors.ts';
import type { HostsParts } from './hosts-parts.ts';
import { readHostsSettings } from './hosts-settings.ts';
import { systemHostsFile } from './location.ts';

/** Changes of stores often come in bunches. */
const QUIET_MS = 150;
const TRIES = 3;

/** Tells of changes of stores and domains; returns the function that ends it. */
export type SubscribeToStores = (listener: () => void) => () => void;

export interface HostsKeeperParts extends Pick<HostsParts, 'file' | 'settings' | 'tellChanged' | 'log'> {
  readonly desk: HostsDesk;
  readonly subscribe: SubscribeToStores;
}

/** Keeps the file in step while the server runs, where that is switched on, and cleans up at its end. Never fails. */
export class HostsKeeper {
  readonly #parts: HostsKeeperParts;
  #problem: HostsProblem | null = null;
  #unsubscribe: () => void = () => undefined;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(parts: HostsKeeperParts) {
    this.#parts = parts;
  }

  /** What went wrong when the file was last to be written without being asked. */
  get problem(): HostsProblem | null {
    return this.#problem;
  }

  /** Completes what a crash cut short, brings the file in step once, and goes on with every change. */
  start(): void {
    this.#unsubscribe = this.#parts.subscribe(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        void this.sync();
      }, QUIET_MS).unref();
    });
    void this.#inTurn(() => this.#recover());
    void this.sync();
  }

  /** Brings the file in step now, where that is switched on and this user may write it. */
  sync(): Promise<void> {
    return this.#inTurn(async () => {
      if ((await readHostsSettings(this.#parts.settings)).keepInStep) await this.#write('sync');
      else this.#problem = null;
      // What the file should hold may be something else now.
      this.#parts.tellChanged();
    });
  }

  /** Ends it; where that is switched on, the names are removed from the file. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#inTurn(async () => {
      if ((await readHostsSettings(this.#parts.settings)).removeOnStop) await this.#write('clean');
    });
  }

  async #write(action: 'sync' | 'clean'): Promise<void> {
    const { desk, file } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      const view = await desk.look();
      const draft = await desk.draft(view, { action });
      // Without the right to write, the state says what is out of step.
      if (!draft.changes || view.file.access !== 'writable') break;
      try {
        await desk.write(view, draft);
        if (file === systemHostsFile()) await flushNames();
        break;
      } catch (error) {
        if (!(error instanceof HostsChangedError) || attempt === TRIES) throw error;
      }
    }
    this.#problem = null;
  }

  async #recover(): Promise<void> {
    const { desk, log, file } = this.#parts;
    if (await desk.recover())
      log.warn({ event: 'hosts.recovered' }, `a write of ${file} was cut short; it is whole again`);
  }

  /** One at a time; what fails is a problem of the state, and the next change tries again. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#working = this.#working.then(work).catch((error: Error) => {
      this.#parts.log.warn({ event: 'hosts.sync', err: error }, 'the hosts file was not brought in step');
      this.#problem = { code: 'read_only', severity: 'failed', message: error.message, fix: null };
      this.#parts.tellChanged();
    });
    return this.#working;
  }
}
