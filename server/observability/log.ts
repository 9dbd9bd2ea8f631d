import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

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

/**
 * The log, on standard error: lines of JSON, or readable lines for people at a terminal.
 * Written at once, so that the last words of a dying process are there.
 */
export function createLogger(options: { readonly level: string; readonly format: 'json' | 'pretty' }): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS, censor: '…' },
  };
  if (options.format === 'json') return pino(settings, pino.destination({ dest: 2, sync: true }));
  return pino(
    settings,
    pretty({
      destination: 2,
      sync: true,
      colorize: process.stderr.isTTY === true,
      translateTime: 'SYS:HH:MM:ss',
      // The line says these already; an error with its stack is shown.
      ignore: 'requestId,event,store,method,host,path,status,ms,mode,area',
      messageFormat: '{msg}',
    }),
  );
}
