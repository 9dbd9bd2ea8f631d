/** What Postgres writes on standard error, line by line. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Logger } from '../../observability/log.ts';

const KEPT_LINES = 50;
/** `checkpointer [12] LOG:  checkpoint starting`: see `log_line_prefix` in embedded-process.ts. */
const LINE = /^(?<process>[a-z][a-z0-9 ]*?)? ?\[\d+\] (?<level>[A-Z]+): +(?<text>.*)$/;

/** The last lines of one Postgres, for messages; each line also goes to the server's log. */
export class PostgresLog {
  readonly #lines: string[] = [];
  readonly #log: Logger;
  /** While Postgres is told to stop, what it says of that is no cause for worry. */
  isQuiet = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Reads a stream to its end; `onLine` sees each line. */
  follow(stream: Readable, onLine: (line: string) => void = () => undefined): void {
    createInterface({ input: stream }).on('line', (line) => {
      this.add(line);
      onLine(line);
    });
  }

  add(line: string): void {
    if (line.trim() === '') return;
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    const isWorrying = !this.isQuiet && needsAttention(line);
    this.#log[isWorrying ? 'warn' : 'debug']({ event: 'postgres' }, `Postgres: ${line}`);
  }

  /** The last lines, the newest last. */
  last(count = KEPT_LINES): string {
    return this.#lines.slice(-count).join('\n');
  }

  has(text: RegExp): boolean {
    return this.#lines.some((line) => text.test(line));
  }

  clear(): void {
    this.#lines.length = 0;
  }
}

/** A statement that fails is its caller's matter and comes back to it; a failing server is everyone's. */
function needsAttention(line: string): boolean {
  const { process, level } = LINE.exec(line)?.groups ?? {};
  if (level === 'PANIC') return true;
  return (level === 'FATAL' || level === 'ERROR') && process !== 'client backend';
}
