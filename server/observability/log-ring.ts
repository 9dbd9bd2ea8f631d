import type { LogLine } from '../contract/requests.ts';

/** A line as it was written; it is read only when somebody asks. */
export interface KeptLine {
  readonly sequence: number;
  readonly text: string;
  /** Of the request it was written during, where the line does not say. */
  readonly requestId: string | null;
}

/** Which lines are wanted. */
export interface LogQuery {
  readonly store?: string | undefined;
  readonly level?: LogLine['level'] | undefined;
  readonly text?: string | undefined;
  readonly requestId?: string | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
}

const MAX_LINES = 5000;
const MAX_LENGTH = 16_384;
const LEVELS: readonly LogLine['level'][] = ['debug', 'info', 'warn', 'error'];

/** The latest lines of the log, in memory. */
export class LogRing {
  readonly #lines: (KeptLine | undefined)[] = new Array(MAX_LINES);
  readonly #read = new WeakMap<KeptLine, LogLine>();
  readonly #waiting = new Set<() => void>();
  #newest = 0;

  /** The sequence of the latest line; 0 when there was none. */
  get newest(): number {
    return this.#newest;
  }

  /** Takes a line as it is written: JSON, secrets left out. */
  add(text: string, requestId: string | null): KeptLine {
    this.#newest += 1;
    const line = {
      sequence: this.#newest,
      text: text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text,
      requestId,
    };
    this.#lines[this.#newest % MAX_LINES] = line;
    for (const wake of this.#waiting) wake();
    return line;
  }

  /** The latest lines that match, oldest first; after a given one, the first that match. */
  list(query: LogQuery): LogLine[] {
    const found: LogLine[] = [];
    const oldest = Math.max(1, this.#newest - MAX_LINES + 1);
    if (query.after !== undefined) {
      // A server that was started anew counts from the beginning.
      const first = query.after > this.#newest ? oldest : Math.max(oldest, query.after + 1);
      for (let sequence = first; sequence <= this.#newest && found.length < query.limit; sequence += 1)
        this.#take(sequence, query, found);
      return found;
    }
    for (let sequence = this.#newest; sequence >= oldest && found.length < query.limit; sequence -= 1)
      this.#take(sequence, query, found);
    return found.reverse();
  }

  /** The same, and waits for a line when there is none; ends after `waitMs`, or when `signal` says so. */
  async next(query: LogQuery, waitMs: number, signal: AbortSignal): Promise<LogLine[]> {
    const until = performance.now() + waitMs;
    let after = query.after;
    for (;;) {
      const seen = this.#newest;
      const found = this.list({ ...query, after });
      const leftMs = until - performance.now();
      if (found.length > 0 || leftMs <= 0 || signal.aborted) return found;
      await this.#added(seen, leftMs, signal);
      after = seen;
    }
  }

  /** A line as the contract has it. */
  read(line: KeptLine): LogLine {
    const known = this.#read.get(line);
    if (known) return known;
    const read = readLine(line);
    this.#read.set(line, read);
    return read;
  }

  #take(sequence: number, query: LogQuery, found: LogLine[]): void {
    const kept = this.#lines[sequence % MAX_LINES];
    if (!kept) return;
    const line = this.read(kept);
    if (matches(line, query)) found.push(line);
  }

  #added(seen: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.#newest > seen || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

function matches(line: LogLine, { store, level, text, requestId }: LogQuery): boolean {
  if (store && line.store !== store) return false;
  if (level && LEVELS.indexOf(line.level) < LEVELS.indexOf(level)) return false;
  if (requestId && line.requestId !== requestId) return false;
  return !text || line.message.toLowerCase().includes(text.toLowerCase());
}

function readLine({ sequence, text, requestId: during }: KeptLine): LogLine {
  try {
    const { time, level, store, requestId, msg, ...fields } = JSON.parse(text) as Record<string, unknown>;
    return {
      sequence,
      at: new Date(String(time)).getTime(),
      level: levelOf(Number(level)),
      store: typeof store === 'string' ? store : null,
      requestId: typeof requestId === 'string' ? requestId : during,
      message: String(msg ?? ''),
      fields,
    };
  } catch {
    // Only a line that was cut for its length is no JSON.
    return { sequence, at: 0, level: 'info', store: null, requestId: during, message: text.slice(0, 500), fields: {} };
  }
}

/** Source: pino, "levels": 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
function levelOf(level: number): LogLine['level'] {
  if (level >= 50) return 'error';
  if (level >= 40) return 'warn';
  return level >= 30 ? 'info' : 'debug';
}
