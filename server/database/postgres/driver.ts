/**
 * A connection to Postgres whose every statement, whoever sends it, is judged by the scope guard and told to whoever
 * watches, except for what only brackets it. Statements are pipelined: those of one transaction travel together.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Writable } from 'node:stream';
import pg from 'pg';
import type { ScopeGuard } from '../guard/scope-guard.ts';
import type { StatementEvent } from '../statement-event.ts';

export interface PostgresDriverOptions {
  readonly onStatement?: ((event: StatementEvent) => void) | undefined;
  /** Judges each statement before it is sent; absent for the platform's own tables. */
  readonly guard?: ScopeGuard | undefined;
}

/** What of a result the callers here use. */
export interface PostgresResult {
  readonly rows: Record<string, unknown>[];
  readonly rowCount: number | null;
}

type Done = (error: Error | null, result: PostgresResult) => void;

const INT8 = 20;
const JSON_TYPE = 114;
const JSONB_TYPE = 3802;

/** Integers as numbers, JSON as the text that `rowReader` reads; everything else as the driver gives it. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number;
    if (oid === JSON_TYPE || oid === JSONB_TYPE) return String;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** Statements that may change what a connection keeps beyond its transaction. */
const CHANGES_SESSION = /(^|;)\s*(set|reset|discard|listen)\b|\bset_config\s*\(/i;
/** The one way this program itself uses them: bound to the transaction. */
const OWN_STATEMENT =
  /^SELECT (pg_advisory_xact_lock\(\$1, \$2\)|set_config\('[\w.]+', [^,]+, true\)(, set_config\('[\w.]+', [^,]+, true\))*)$/;

/** What brackets a statement: it would stand around every one of them in the record of a request. */
const BRACKET = /^(BEGIN READ ONLY|COMMIT)$/;

/** Makes the class of connections for one pool. */
export function createClientClass(options: PostgresDriverOptions): typeof pg.Client {
  class ObservedClient extends pg.Client {
    /** Whether a statement ran that may have changed what the connection keeps. */
    mayHaveChanged = false;

    constructor(settings?: string | pg.ClientConfig) {
      super(settings);
      // Without a listener, a connection that breaks would end the process; the pool's own is away while one is handed over.
      this.on('error', () => undefined);
    }

    // biome-ignore lint/suspicious/noExplicitAny: the overloads of the driver cannot be written down again
    override query(...input: any[]): any {
      const [first, second, third] = input;
      const sql: string = typeof first === 'string' ? first : first?.text;
      // A query object of the driver's own, such as a cursor.
      if (typeof sql !== 'string') return (super.query as (...all: unknown[]) => unknown)(...input);
      const parameters = Array.isArray(second) ? second : first.values;
      options.guard?.check({ sql, parameters });
      if (CHANGES_SESSION.test(sql) && !OWN_STATEMENT.test(sql)) this.mayHaveChanged = true;
      const callback: Done | undefined = typeof second === 'function' ? second : third;
      const isTold = !BRACKET.test(sql) && !OWN_STATEMENT.test(sql);
      const watched = watch(isTold ? options.onStatement : undefined, sql, parameters);
      const config = typeof first === 'string' ? { text: first, values: parameters } : first;
      const send = super.query as unknown as (config: object, done: Done) => void;
      if (callback) {
        send.call(this, config, (error, result) => {
          watched(error, result);
          callback(error, result);
        });
        return undefined;
      }
      return new Promise<PostgresResult>((resolve, reject) => {
        send.call(this, config, (error, result) => {
          watched(error, result);
          if (error) reject(error);
          else resolve(result);
        });
      });
    }
  }
  return ObservedClient as typeof pg.Client;
}

function watch(onStatement: PostgresDriverOptions['onStatement'], sql: string, parameters: unknown): Done {
  if (!onStatement) return () => undefined;
  const startedAt = performance.now();
  // Answers arrive in the context of the socket; whoever watches wants that of the request.
  const inContext = AsyncLocalStorage.snapshot();
  return (error, result) => {
    const durationMs = performance.now() - startedAt;
    const rows = result ? result.rows?.length || result.rowCount || 0 : 0;
    const event = { sql, parameters, startedAt, durationMs, rows, ...(error ? { error } : {}) };
    inContext(() => onStatement(event));
  };
}

/** Runs what sends several statements at once, so that they leave in one packet. */
export function inOnePacket<Result>(client: pg.ClientBase, send: () => Result): Result {
  // The driver writes each statement by itself; the types do not know its stream.
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}
