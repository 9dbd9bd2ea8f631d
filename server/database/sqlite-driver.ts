/**
 * Gives better-sqlite3 the interface of the `sqlite3` package, which is the only one that Sequelize's
 * sqlite dialect can talk to. One file, with contract tests of its own (sqlite-driver.test.ts).
 *
 * better-sqlite3 is synchronous: a callback is called before the method returns. Sequelize allows that.
 */
import BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { ScopeGuard } from './guard/scope-guard.ts';
import type { StatementEvent } from './statement-event.ts';

export interface SqliteDriverOptions {
  readonly onStatement?: ((event: StatementEvent) => void) | undefined;
  /** Judges each statement before it runs; absent for the platform's own tables. */
  readonly guard?: ScopeGuard | undefined;
  /** How long a write waits for another process's lock before it fails with SQLITE_BUSY. */
  readonly busyTimeoutMs?: number;
}

type Parameters = readonly unknown[] | Readonly<Record<string, unknown>> | undefined;
type Callback = (this: Statement, error: Error | null, rows?: unknown[]) => void;

const OPEN_READONLY = 1;
const OPEN_READWRITE = 2;
const OPEN_CREATE = 4;
const STATEMENTS_KEPT = 200;

/** The `this` of a callback. Sequelize looks at the class's name, so it must stay `Statement`. */
class Statement {
  readonly sql: string;
  readonly lastID: number;
  readonly changes: number;

  constructor(sql: string, lastID: number, changes: number) {
    this.sql = sql;
    this.lastID = lastID;
    this.changes = changes;
  }
}

interface Outcome {
  readonly statement: Statement;
  readonly rows: unknown[];
}

/** A connection, as the `sqlite3` package shapes it. */
export class Database {
  readonly filename: string;
  /** Set by Sequelize on the connection of a transaction. */
  uuid: string | undefined;
  readonly #connection: BetterSqlite3.Database;
  readonly #options: SqliteDriverOptions;
  readonly #statements = new LRUCache<string, BetterSqlite3.Statement>({ max: STATEMENTS_KEPT });
  /** Sequelize asks for a table's columns before every SELECT; they change only with the schema. */
  readonly #tableInfo = new Map<string, unknown[]>();

  constructor(options: SqliteDriverOptions, filename: string, mode: number, callback: (error: Error | null) => void) {
    this.filename = filename;
    this.#options = options;
    try {
      this.#connection = openConnection(filename, mode, options.busyTimeoutMs ?? 5000);
    } catch (error) {
      callback(error as Error);
      throw error;
    }
    // Sequelize reads the connection from its own table inside the callback, so it must be there first.
    queueMicrotask(() => callback(null));
  }

  run(sql: string, parameters?: Parameters | Callback, callback?: Callback): this {
    return this.#dispatch(sql, parameters, callback);
  }

  all(sql: string, parameters?: Parameters | Callback, callback?: Callback): this {
    return this.#dispatch(sql, parameters, callback);
  }

  /** Runs a reading statement without going through Sequelize; `bind` holds the values of `$1`, `$2`, ... */
  query(sql: string, bind: readonly unknown[] = []): Record<string, unknown>[] {
    const named = Object.fromEntries(bind.map((value, index) => [`$${index + 1}`, value]));
    return this.#observe(sql, named).rows as Record<string, unknown>[];
  }

  /** Statements already run one after another. */
  serialize(work: () => void): void {
    work();
  }

  close(callback?: (error: Error | null) => void): void {
    try {
      this.#connection.close();
      callback?.(null);
    } catch (error) {
      if (!callback) throw error;
      callback(error as Error);
    }
  }

  #dispatch(sql: string, parameters?: Parameters | Callback, callback?: Callback): this {
    const done = typeof parameters === 'function' ? parameters : callback;
    const values = typeof parameters === 'function' ? undefined : parameters;
    let outcome: Outcome;
    try {
      outcome = this.#observe(sql, values);
    } catch (error) {
      if (!done) throw error;
      done.call(new Statement(sql, 0, 0), error as Error);
      return this;
    }
    done?.call(outcome.statement, null, outcome.rows);
    return this;
  }

  #observe(sql: string, parameters: Parameters): Outcome {
    const known = this.#tableInfo.get(sql);
    if (known) return { statement: new Statement(sql, 0, 0), rows: known };
    this.#options.guard?.check({ sql, parameters, engine: 'sqlite' });
    const startedAt = performance.now();
    try {
      const outcome = this.#execute(sql, parameters);
      const rows = outcome.rows.length || outcome.statement.changes;
      this.#options.onStatement?.({ sql, parameters, startedAt, durationMs: performance.now() - startedAt, rows });
      return outcome;
    } catch (error) {
      const durationMs = performance.now() - startedAt;
      this.#options.onStatement?.({ sql, parameters, startedAt, durationMs, rows: 0, error: error as Error });
      throw error;
    }
  }

  #execute(sql: string, parameters: Parameters): Outcome {
    if (/^\s*(create|drop|alter)\b/i.test(sql)) this.#forgetSchema();
    const statement = this.#prepare(sql);
    const values = bindable(parameters);
    if (statement.reader) {
      const rows = values === undefined ? statement.all() : statement.all(values);
      if (/^PRAGMA table_info/i.test(sql) && rows.length > 0) this.#tableInfo.set(sql, rows);
      return { statement: new Statement(sql, 0, 0), rows };
    }
    const result = values === undefined ? statement.run() : statement.run(values);
    return { statement: new Statement(sql, Number(result.lastInsertRowid), result.changes), rows: [] };
  }

  #prepare(sql: string): BetterSqlite3.Statement {
    const kept = this.#statements.get(sql);
    // A statement that is still stepping cannot be run again; better-sqlite3 marks it busy.
    if (kept && !kept.busy) return kept;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #forgetSchema(): void {
    this.#tableInfo.clear();
    this.#statements.clear();
  }
}

function openConnection(filename: string, mode: number, busyTimeoutMs: number): BetterSqlite3.Database {
  const connection = new BetterSqlite3(filename, {
    readonly: (mode & OPEN_READWRITE) === 0,
    fileMustExist: (mode & OPEN_CREATE) === 0 && filename !== ':memory:',
    timeout: busyTimeoutMs,
  });
  try {
    if ((mode & OPEN_READWRITE) !== 0) connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

/** better-sqlite3 takes neither booleans nor undefined nor dates, and wants names without their `$`. */
function bindable(parameters: Parameters): unknown[] | Record<string, unknown> | undefined {
  if (!parameters) return undefined;
  if (Array.isArray(parameters)) return parameters.length > 0 ? parameters.map(bindableValue) : undefined;
  const named: Record<string, unknown> = {};
  let any = false;
  for (const [name, value] of Object.entries(parameters)) {
    named[/^[$:@]/.test(name) ? name.slice(1) : name] = bindableValue(value);
    any = true;
  }
  return any ? named : undefined;
}

function bindableValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return storedDate(value);
  return value;
}

/** The way Sequelize writes a date into SQLite, so that both compare. */
function storedDate(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', ' +00:00');
}

/** What Sequelize's `dialectModule` option takes. */
export interface SqliteDialectModule {
  readonly OPEN_READONLY: number;
  readonly OPEN_READWRITE: number;
  readonly OPEN_CREATE: number;
  readonly Database: new (filename: string, mode: number, callback: (error: Error | null) => void) => Database;
}

/** Makes a `dialectModule` for one Sequelize instance; every statement of its connections is told to `onStatement`. */
export function createSqliteDialectModule(options: SqliteDriverOptions = {}): SqliteDialectModule {
  class ObservedDatabase extends Database {
    constructor(filename: string, mode: number, callback: (error: Error | null) => void) {
      super(options, filename, mode, callback);
    }
  }
  return { OPEN_READONLY, OPEN_READWRITE, OPEN_CREATE, Database: ObservedDatabase };
}
