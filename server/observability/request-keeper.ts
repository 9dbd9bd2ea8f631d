import type { RequestSummary, RequestTrace } from '../contract/requests.ts';
import type { RequestFile } from '../database/request-file.ts';
import type { Logger } from './log.ts';
import type { RequestArchive, RequestRecorder } from './request-recorder.ts';

/** How long requests are collected before they are written, in milliseconds. */
const WRITE_EVERY_MS = 500;
/** Written at once; the server answers others in between. */
const BATCH = 50;

/** Writes recorded requests to a file, some time after they have ended, and reads them again. */
export class RequestKeeper implements RequestArchive {
  readonly #file: RequestFile;
  readonly #recorder: RequestRecorder;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #unsubscribe: () => void;
  /** The last sequence that is in the file. */
  #written: number;
  #timer: NodeJS.Timeout | null = null;
  #hasFailed = false;

  /** @param written the last sequence that is in the file already */
  constructor(file: RequestFile, recorder: RequestRecorder, log: Pick<Logger, 'warn'>, written: number) {
    this.#file = file;
    this.#recorder = recorder;
    this.#log = log;
    this.#written = written;
    this.#unsubscribe = recorder.subscribe(() => this.#schedule(WRITE_EVERY_MS));
    recorder.archive = this;
    this.#schedule(0);
  }

  detail(sequence: number): RequestTrace | null {
    try {
      const text = this.#file.detail(sequence);
      return text === null ? null : (JSON.parse(text) as RequestTrace);
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  clear(): void {
    this.#written = this.#recorder.newest;
    this.#try(() => this.#file.clear());
  }

  /** Bytes on disk. */
  size(): number {
    return this.#file.size();
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.#end();
    while (this.#writeSome());
    this.#try(() => this.#file.close());
  }

  /** Ends writing and deletes the file. */
  remove(): void {
    this.#end();
    this.#try(() => this.#file.remove());
  }

  #end(): void {
    this.#unsubscribe();
    this.#recorder.archive = null;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(afterMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#writeSome()) this.#schedule(0);
    }, afterMs).unref();
  }

  /** Writes a batch; returns whether there is more. */
  #writeSome(): boolean {
    const first = Math.max(this.#written + 1, this.#recorder.oldest);
    const last = Math.min(first + BATCH - 1, this.#recorder.newest);
    if (this.#hasFailed || last < first) return false;
    const summaries = this.#recorder.between(first, last) ?? [];
    this.#try(() =>
      this.#file.append(
        summaries.map((summary) => {
          const trace = this.#recorder.at(summary.sequence);
          const { sequence, requestId } = summary;
          return {
            sequence,
            requestId,
            summary: JSON.stringify(summary),
            detail: trace && JSON.stringify(trace),
          };
        }),
      ),
    );
    this.#written = last;
    return last < this.#recorder.newest;
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A full disk must not stop the server, and is told once. */
  #fail(error: unknown): void {
    if (!this.#hasFailed)
      this.#log.warn(
        { event: 'inspector', err: error },
        `requests cannot be kept for the next start: ${(error as Error).message}`,
      );
    this.#hasFailed = true;
  }
}

/** Requests of an earlier run, as the file has them. */
export function restoredFrom(file: RequestFile): RequestSummary[] {
  return file.summaries().map((text) => JSON.parse(text) as RequestSummary);
}
