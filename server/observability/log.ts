import pino, { type Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { LogRing } from './log-ring.ts';
import { currentRequestId, recordLine } from './trace.ts';

export type { Logger };

/** Names whose values never reach a log. */
const SECRETS = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'token',
  'signIn',
  '*.authorization',
  '*.cookie',
  '*.password',
  '*.token',
];

/** `none` writes nowhere: lines are in memory alone. */
export type LogFormat = 'json' | 'pretty' | 'none';

const rings = new WeakMap<Logger, LogRing>();

/** The latest lines that a logger of {@link createLogger} has written. */
export function logRingOf(log: Logger): LogRing {
  const known = rings.get(log);
  if (known) return known;
  const ring = new LogRing();
  rings.set(log, ring);
  return ring;
}

const STANDARD_ERROR = 2;
/** Of lines that cannot be written at the moment; what comes after is left out. */
const MAX_UNWRITTEN_BYTES = 1024 * 1024;

export interface LoggerOptions {
  readonly level: string;
  readonly format: LogFormat;
  /** File descriptor to write to, instead of standard error. */
  readonly fd?: number;
}

/**
 * The log, on standard error: lines of JSON, or readable lines for people at a terminal.
 * Written at once, so that the last words of a dying process are there. A log that cannot be written, as to a file on
 * a full disk, stops nothing.
 */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS, censor: '…' },
  };
  const ring = new LogRing();
  const log = pino(settings, kept(ring, destinationOf(options.format, options.fd ?? STANDARD_ERROR)));
  rings.set(log, ring);
  return log;
}

/** Keeps every line that is written. */
function kept(ring: LogRing, destination: pino.DestinationStream): pino.DestinationStream {
  return {
    write(line: string) {
      recordLine(ring.add(line, currentRequestId()));
      destination.write(line);
    },
  };
}

function destinationOf(format: LogFormat, fd: number): pino.DestinationStream {
  if (format === 'none') return { write: () => undefined };
  const file = pino.destination({ dest: fd, sync: true, maxLength: MAX_UNWRITTEN_BYTES });
  // It keeps what it could not write, and tries again with the next line.
  file.on('error', () => undefined);
  if (format === 'json') return file;
  const readable = prettyFactory({
    colorize: process.stderr.isTTY === true,
    translateTime: 'SYS:HH:MM:ss',
    // The line says these already; an error with its stack is shown.
    ignore: 'requestId,event,store,method,host,path,status,ms,mode,area',
    messageFormat: '{msg}',
  });
  return { write: (line) => void file.write(readable(line)) };
}
