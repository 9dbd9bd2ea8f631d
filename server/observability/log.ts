import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';
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

/**
 * The log, on standard error: lines of JSON, or readable lines for people at a terminal.
 * Written at once, so that the last words of a dying process are there.
 */
export function createLogger(options: { readonly level: string; readonly format: LogFormat }): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS, censor: '…' },
  };
  const ring = new LogRing();
  const log = pino(settings, kept(ring, destinationOf(options.format)));
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

function destinationOf(format: LogFormat): pino.DestinationStream {
  if (format === 'none') return { write: () => undefined };
  if (format === 'json') return pino.destination({ dest: 2, sync: true });
  return pretty({
    destination: 2,
    sync: true,
    colorize: process.stderr.isTTY === true,
    translateTime: 'SYS:HH:MM:ss',
    // The line says these already; an error with its stack is shown.
    ignore: 'requestId,event,store,method,host,path,status,ms,mode,area',
    messageFormat: '{msg}',
  });
}
