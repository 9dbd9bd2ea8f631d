import type { Logger } from './log.ts';
import type { RequestTrace } from './trace.ts';

/** Sends traces to one collector. */
export interface TraceSender {
  /** @throws {Error} saying why the collector did not take them */
  send(traces: readonly RequestTrace[]): Promise<void>;
  close(): Promise<void>;
}

export interface OtlpExportOptions {
  /** Loads what speaks OTLP; nothing of it is loaded before the first endpoint. */
  readonly connect: (endpoint: string) => Promise<TraceSender>;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  /** How long traces are collected, in milliseconds. */
  readonly everyMs?: number;
}

/** Traces that wait to be sent; while a collector is away, the oldest of them are dropped. */
const MAX_WAITING = 1000;
const BATCH = 100;
const EVERY_MS = 1000;

/**
 * Sends finished requests to a collector of OpenTelemetry, in batches. A collector that is away costs nothing but what
 * is dropped: no request ever waits for it.
 */
export class OtlpExport {
  readonly #options: OtlpExportOptions;
  #endpoint: string | null = null;
  #sender: Promise<TraceSender> | null = null;
  #waiting: RequestTrace[] = [];
  #timer: NodeJS.Timeout | null = null;
  #sending: Promise<void> | null = null;
  #sent = 0;
  #dropped = 0;
  #state: string | null = null;
  #isFailing = false;

  constructor(options: OtlpExportOptions) {
    this.#options = options;
  }

  /** How the last sending went, in a sentence; null before the first. */
  get state(): string | null {
    return this.#state;
  }

  /** Sends what comes from now on to an endpoint; null sends nothing any more. */
  sendTo(endpoint: string | null): void {
    if (endpoint === this.#endpoint) return;
    void this.#sender?.then((sender) => sender.close()).catch(() => undefined);
    this.#endpoint = endpoint;
    this.#sender = null;
    this.#waiting = [];
    this.#sent = this.#dropped = 0;
    this.#state = null;
    this.#isFailing = false;
  }

  /** Whether anything is sent. */
  get isOn(): boolean {
    return this.#endpoint !== null;
  }

  /** Takes a finished request. */
  add(trace: RequestTrace): void {
    if (this.#endpoint === null) return;
    this.#waiting.push(trace);
    if (this.#waiting.length > MAX_WAITING) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
    if (this.#sending) return;
    if (this.#waiting.length >= BATCH) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), this.#options.everyMs ?? EVERY_MS).unref();
  }

  /** Sends what waits and ends; gives up when the collector does not take it. */
  async close(): Promise<void> {
    if (this.#endpoint === null) return;
    await this.#sending;
    if (this.#waiting.length > 0 && !this.#isFailing) {
      this.#flush();
      await this.#sending;
    }
    this.sendTo(null);
    if (this.#timer) clearTimeout(this.#timer);
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const endpoint = this.#endpoint;
    const batch = this.#waiting.splice(0, BATCH);
    if (endpoint === null || batch.length === 0) return;
    this.#sending = this.#send(endpoint, batch).then(() => {
      this.#sending = null;
      // What came meanwhile; a collector that is away is tried again after a while.
      if (this.#waiting.length >= BATCH && !this.#isFailing) this.#flush();
      else if (this.#waiting.length > 0)
        this.#timer ??= setTimeout(() => this.#flush(), this.#options.everyMs ?? EVERY_MS).unref();
    });
  }

  async #send(endpoint: string, batch: readonly RequestTrace[]): Promise<void> {
    try {
      this.#sender ??= this.#options.connect(endpoint);
      await (await this.#sender).send(batch);
      if (endpoint !== this.#endpoint) return;
      this.#sent += batch.length;
      this.#tell(true, `${this.#sent} traces were sent to ${shown(endpoint)}.${this.#droppedText()}`);
    } catch (error) {
      if (endpoint !== this.#endpoint) return;
      this.#dropped += batch.length;
      const reason = (error as Error).message || 'no answer';
      this.#tell(false, `${shown(endpoint)} did not take the last traces: ${reason}.${this.#droppedText()}`);
    }
  }

  #droppedText(): string {
    return this.#dropped > 0 ? ` ${this.#dropped} were dropped.` : '';
  }

  /** The log is told of changes alone. */
  #tell(isWell: boolean, state: string): void {
    this.#state = state;
    if (this.#isFailing === !isWell) return;
    this.#isFailing = !isWell;
    this.#options.log[isWell ? 'info' : 'warn']({ event: 'otlp' }, state);
  }
}

/** An endpoint without what may be a secret in it. */
function shown(endpoint: string): string {
  const { origin, pathname } = new URL(endpoint);
  return origin + pathname;
}
