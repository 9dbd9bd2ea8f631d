import { BackOff } from './back-off.ts';
import type { FailureReport, ServerState } from './bridge.ts';
import { describeEnd } from './failure-report.ts';
import { LogRing } from './log-ring.ts';
import { isPlainLine, readableLine } from './readable-line.ts';
import type { ServerLocation } from './server-location.ts';
import { type ElevatedCommand, type ReadyServer, type ServerEnd, ServerProcess } from './server-process.ts';

const KEPT_LINES = 200;

export interface SupervisorOptions {
  readonly location: ServerLocation;
  /** The server's flags, as the user gave them. */
  readonly args: readonly string[];
  readonly stdout: 'inherit' | 'ignore';
  readonly onState: (state: ServerState) => void;
  /** Every line of the server's standard error. */
  readonly onLine: (line: string) => void;
}

/**
 * Keeps a server running: starts it, starts it again when it dies, gives up when that does not help.
 *
 * A server that says why it cannot start is not tried again at its first start: the reason would be the same.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #log = new LogRing(KEPT_LINES);
  #state: ServerState = { status: 'stopped' };
  #process: ServerProcess | null = null;
  #server: ReadyServer | null = null;
  #dataDir: string | undefined;
  #lastEnd: ServerEnd | null = null;
  /** Runs as long as a server is wanted. */
  #watch: Promise<void> = Promise.resolve();
  #isWanted = false;
  #endPause: () => void = () => undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The server that answers, or the last one that did. */
  get server(): ReadyServer | null {
    return this.#server;
  }

  /** Known as soon as the server has read its configuration. */
  get dataDir(): string | undefined {
    return this.#dataDir;
  }

  /** Starts the server; does nothing while one is wanted already. */
  start(status: 'starting' | 'restarting' = 'starting'): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#enter({ status });
    this.#watch = this.#keepRunning();
  }

  /** Stops the server and starts it again at the same address. */
  async restart(): Promise<void> {
    await this.stop();
    this.start('restarting');
  }

  /** Ends the server and resolves when its process is gone. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    this.#endPause();
    await this.#process?.stop();
    await this.#watch;
    if (this.#state.status !== 'failed') this.#enter({ status: 'stopped' });
  }

  /** A new one-time link to the console; null when no server answers. */
  async signInLink(): Promise<string | null> {
    return (await this.#process?.signInLink()) ?? null;
  }

  /** What stands behind the id of an elevation; null when no server knows it. */
  async elevation(id: string): Promise<ElevatedCommand | null> {
    return (await this.#process?.elevation(id)) ?? null;
  }

  /** Why the server is not running, with its last words. */
  failure(lineCount: number): FailureReport {
    return {
      summary: this.#state.detail ?? 'The server is not running.',
      faults: this.#lastEnd?.reason?.faults ?? [],
      lines: this.#log.last(lineCount).map(readableLine),
      ...(this.#dataDir === undefined ? {} : { dataDir: this.#dataDir }),
    };
  }

  async #keepRunning(): Promise<void> {
    const backOff = new BackOff();
    let port = this.#server?.port;
    let hasRun = false;
    while (this.#isWanted) {
      this.#process = this.#launch(port);
      const server = await this.#process.ready;
      if (server && this.#isWanted) {
        this.#server = server;
        this.#enter({ status: 'running' });
      }
      const end = await this.#process.ended;
      this.#process = null;
      this.#log.end();
      if (!this.#isWanted) return;
      this.#lastEnd = end;
      hasRun ||= server !== null;
      // A start that was refused at the old address may do at another: something else may listen there by now.
      const isNewChance = hasRun || port !== undefined || end.reason === null;
      port = server ? server.port : undefined;
      const delay = isNewChance && end.spawnError === null ? backOff.next(end.readyForMs) : null;
      if (delay === null) return this.#giveUp(end);
      this.#enter({ status: hasRun ? 'restarting' : this.#state.status, detail: describeEnd(end) });
      await this.#pause(delay);
    }
  }

  #launch(port: number | undefined): ServerProcess {
    const { location, args, stdout, onLine } = this.#options;
    return new ServerProcess({
      location,
      // The last flag of a name counts. The same address again, so that an open console continues.
      args: port === undefined ? args : [...args, '--port', String(port)],
      stdout,
      onOutput: (piece) => {
        for (const line of this.#log.add(piece)) {
          onLine(line);
          this.#showProgress(line);
        }
      },
      onDataDir: (path) => {
        this.#dataDir = path;
      },
    });
  }

  /** What a starting server says to people, such as which demo store it loads. */
  #showProgress(line: string): void {
    const { status } = this.#state;
    if ((status === 'starting' || status === 'restarting') && isPlainLine(line)) this.#enter({ status, detail: line });
  }

  #giveUp(end: ServerEnd): void {
    this.#isWanted = false;
    this.#enter({ status: 'failed', detail: describeEnd(end) });
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #enter(state: ServerState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
