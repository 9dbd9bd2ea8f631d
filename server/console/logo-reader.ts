import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { LogoUpload } from '../contract/stores.ts';
import { AppError, type Fault, UnavailableError } from '../errors.ts';
import type { PreparedLogo } from '../tenancy/logo-files.ts';
import type { DecoderAnswer, DecoderJob } from './logo-decoder.ts';
import { LOGO_FORMATS, type LogoFormat, sniffLogo } from './logo-formats.ts';

const MAX_LOGO_BYTES = 2 * 1024 * 1024;
const MAX_PIXELS = 24_000_000;
const DECODER = join(import.meta.dirname, 'logo-decoder.ts');
const TIMEOUT_MS = 15_000;
const MAX_RUNNING = 2;
const MAX_WAITING = 16;
/** How many faults of one picture are named. */
const MAX_NAMED = 4;
/** All that decoding needs of the environment; nothing secret. */
const ENVIRONMENT = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

export type LogoResult =
  | { readonly ok: true; readonly logo: PreparedLogo; readonly format: LogoFormat }
  | { readonly ok: false; readonly status: 413 | 422; readonly fault: Fault };

/** Turns uploads into logos, a few at a time, each within a time limit. */
export class LogoReader {
  readonly #timeoutMs: number;
  readonly #maxWaiting: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(options: { readonly timeoutMs?: number; readonly maxWaiting?: number } = {}) {
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#maxWaiting = options.maxWaiting ?? MAX_WAITING;
  }

  /**
   * Checks and decodes a picture; nothing is kept.
   * @throws {UnavailableError} when too many are waiting
   */
  async read({ fileName, data }: LogoUpload): Promise<LogoResult> {
    const name = `"${fileName}"`;
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length > MAX_LOGO_BYTES) {
      const size = (bytes.length / 1024 / 1024).toFixed(1);
      return refuse(`${name} has ${size} MiB; a logo may have at most 2 MiB. Make it smaller, or choose another`, 413);
    }
    if (bytes.length === 0) return refuse(`${name} is empty: choose another file`);
    const found = sniffLogo(bytes);
    if ('instead' in found) return refuse(`${name} is ${found.instead}: choose a ${LOGO_FORMATS} file`);
    const { format } = found;
    const answer = await this.#inTurn(() => decode({ bytes, format, maxPixels: MAX_PIXELS }, this.#timeoutMs));
    return judge(answer, name, format);
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting.length >= this.#maxWaiting)
      throw new UnavailableError('logos_busy', 'Too many logos are being read at once. Try again in a moment.');
    if (this.#running >= MAX_RUNNING) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes this place over.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

function refuse(message: string, status: 413 | 422 = 422): LogoResult {
  return { ok: false, status, fault: { field: 'logo', message } };
}

function judge(answer: DecoderAnswer | 'too_slow' | 'died', name: string, format: LogoFormat): LogoResult {
  const kind = format === 'svg' ? 'SVG' : format.toUpperCase();
  if (answer === 'too_slow') return refuse(`${name} takes too long to draw: simplify it, or export it as PNG`);
  if (answer === 'died') return refuse(`${name} cannot be read as ${kind}: export it again, or choose another file`);
  switch (answer.kind) {
    case 'done': {
      const { width, height } = answer;
      const logo = { width, height, picture: Buffer.from(answer.picture), favicon: Buffer.from(answer.favicon) };
      return { ok: true, format, logo };
    }
    case 'refused':
      return refuse(`${name} holds ${answer.faults.slice(0, MAX_NAMED).join('; ')}`);
    case 'too_large':
      return refuse(
        `${name} has ${answer.width} × ${answer.height} pixels; a logo may have 24 million together. Make it smaller: 512 pixels wide are enough`,
      );
    case 'broken':
      return refuse(`${name} is damaged, cut off or no ${kind}: export it again, or choose another file`);
  }
}

/** Runs the decoder once; it is ended when it takes longer than `timeoutMs`. */
function decode(job: DecoderJob, timeoutMs: number): Promise<DecoderAnswer | 'too_slow' | 'died'> {
  const env = Object.fromEntries(ENVIRONMENT.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])));
  const child = fork(DECODER, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env,
  });
  return new Promise((resolve, reject) => {
    let answer: DecoderAnswer | 'too_slow' | 'died' = 'died';
    const timer = setTimeout(() => {
      answer = 'too_slow';
      child.kill('SIGKILL');
    }, timeoutMs);
    child.once('message', (message) => {
      answer = message as DecoderAnswer;
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(
        new AppError('The program that reads logos could not be started.', {
          status: 500,
          code: 'logo_decoder',
          cause: error,
        }),
      );
    });
    // Only when it has ended is its place free for the next one.
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(answer);
    });
    child.send(job, () => undefined);
  });
}
