/** Starts a Postgres again that dies, with longer and longer pauses, and gives up when it dies too often. */
import { StartupError } from '../../errors.ts';
import type { Logger } from '../../observability/log.ts';
import type { PostgresLog } from './embedded-log.ts';
import type { PostgresProcess } from './embedded-process.ts';

/** So many deaths within the window are too many. */
const MAX_DEATHS = 5;
const WINDOW_MS = 120_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
const LAST_LINES = 8;

export interface KeeperOptions {
  readonly start: () => Promise<PostgresProcess>;
  readonly log: Logger;
  readonly words: Pick<PostgresLog, 'last'>;
}

export class PostgresKeeper {
  #process: PostgresProcess | null;
  #state: 'running' | 'restarting' | 'failed' | 'stopped' = 'running';
  #deaths: number[] = [];
  #listener: (error: StartupError) => void = () => undefined;
  #failure: StartupError | null = null;
  readonly #options: KeeperOptions;
  readonly #watching: Promise<void>;
  readonly #stopping = new AbortController();

  constructor(process: PostgresProcess, options: KeeperOptions) {
    this.#process = process;
    this.#options = options;
    this.#watching = this.#watch(process);
  }

  get state(): 'running' | 'restarting' | 'failed' | 'stopped' {
    return this.#state;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Calls back once when it has given up, also when that was before. */
  onFailed(listener: (error: StartupError) => void): void {
    this.#listener = listener;
    if (this.#failure) listener(this.#failure);
  }

  /** Ends Postgres and waits; a start that is under way is waited for and ended. */
  async stop(): Promise<void> {
    if (this.#state !== 'failed') this.#state = 'stopped';
    this.#stopping.abort();
    await this.#process?.stop();
    await this.#watching;
  }

  async #watch(first: PostgresProcess): Promise<void> {
    for (let process: PostgresProcess | null = first; process; process = await this.#startAgain()) {
      const reason = await process.ended;
      this.#process = null;
      if (this.#stopping.signal.aborted) return;
      this.#state = 'restarting';
      this.#note(`The built-in Postgres was ${reason.startsWith('killed') ? '' : 'lost: it '}${reason}.`);
    }
  }

  #note(text: string): void {
    this.#deaths = [...this.#deaths, Date.now()].filter((at) => at > Date.now() - WINDOW_MS);
    const words = this.#options.words.last(LAST_LINES);
    this.#options.log.warn(
      { event: 'postgres' },
      `${text} Starting it again.${words ? ` Its last lines:\n${words}` : ''}`,
    );
  }

  async #startAgain(): Promise<PostgresProcess | null> {
    const { start, words } = this.#options;
    while (this.#deaths.length < MAX_DEATHS) {
      const pause = Math.min(FIRST_PAUSE_MS * 4 ** (this.#deaths.length - 1), LONGEST_PAUSE_MS);
      await this.#pause(pause);
      if (this.#stopping.signal.aborted) return null;
      try {
        return await this.#accept(await start());
      } catch (error) {
        this.#note((error as Error).message);
      }
    }
    this.#fail(
      new StartupError(
        `The built-in Postgres died ${MAX_DEATHS} times within ${WINDOW_MS / 1000} seconds and is not started again. Start Orion Studio again; its last lines may say why:\n${words.last()}`,
      ),
    );
    return null;
  }

  /** Ends early when it is to stop. */
  #pause(pauseMs: number): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Stopping may have been asked for while it was starting. */
  async #accept(process: PostgresProcess): Promise<PostgresProcess | null> {
    if (this.#stopping.signal.aborted) {
      await process.stop();
      return null;
    }
    this.#process = process;
    this.#state = 'running';
    this.#options.log.info({ event: 'postgres', pid: process.pid }, 'The built-in Postgres answers again.');
    return process;
  }

  #fail(error: StartupError): void {
    this.#state = 'failed';
    this.#failure = error;
    this.#options.log.error({ event: 'postgres' }, error.message);
    this.#listener(error);
  }
}
