import pg from 'pg';
import { UnavailableError } from '../../errors.ts';
import { createClientClass, type PostgresDriverOptions, typeParsers } from './driver.ts';
import type { PostgresSettings } from './settings.ts';

/** A connection out of a pool; give it back with {@link PostgresPool.release}. */
export type PostgresClient = pg.PoolClient & { mayHaveChanged?: boolean };

export interface PoolLimits {
  /** Connections at once. */
  readonly max: number;
  /** How long a connection stays open without use, in milliseconds. */
  readonly idleMs?: number;
  /** How long to wait for a connection, in milliseconds. */
  readonly waitMs?: number;
}

export interface PoolStats {
  readonly open: number;
  readonly used: number;
  readonly waiting: number;
  readonly max: number;
}

/** A bounded number of connections to one database. */
export interface PostgresPool {
  readonly settings: PostgresSettings;
  acquire(): Promise<PostgresClient>;
  /** @param error given when the connection is broken and must not be used again */
  release(client: PostgresClient, error?: unknown): void;
  /** Runs `work` with a connection of its own. */
  use<Result>(work: (client: PostgresClient) => Promise<Result>): Promise<Result>;
  stats(): PoolStats;
  /** Repeatable. */
  close(): Promise<void>;
}

export interface PoolOptions extends PoolLimits, PostgresDriverOptions {
  /** Told of a connection that came back with another `search_path` or role than it left with. */
  readonly onChangedSession?: (what: string) => void;
}

const STATEMENT_TIMEOUT_MS = 60_000;
const LOCK_TIMEOUT_MS = 15_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 120_000;

/**
 * Makes a pool; nothing is connected yet. A connection that comes back after a statement that may have changed its
 * session is looked at, and closed when it kept another `search_path`, role or store.
 */
export function createPostgresPool(settings: PostgresSettings, options: PoolOptions): PostgresPool {
  const pool = new pg.Pool({
    ...settings,
    Client: createClientClass(options),
    types: typeParsers,
    pipeline: true,
    max: options.max,
    idleTimeoutMillis: options.idleMs ?? 30_000,
    connectionTimeoutMillis: options.waitMs ?? 10_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    application_name: 'orion-studio',
    allowExitOnIdle: true,
  } as pg.PoolConfig);
  // An idle connection that breaks is replaced when the next one is needed.
  pool.on('error', () => undefined);
  let used = 0;
  let ended: Promise<void> | null = null;

  async function acquire(): Promise<PostgresClient> {
    try {
      const client = await pool.connect();
      used += 1;
      return client;
    } catch (error) {
      throw unreachable(error);
    }
  }

  function release(client: PostgresClient, error?: unknown): void {
    used -= 1;
    if (error || !client.mayHaveChanged) giveBack(client, error);
    else
      void checkSession(client).then((changed) => {
        if (changed) options.onChangedSession?.(changed);
        client.mayHaveChanged = false;
        giveBack(client, changed ?? undefined);
      });
  }

  return {
    settings,
    acquire,
    release,
    async use(work) {
      const client = await acquire();
      try {
        const result = await work(client);
        release(client);
        return result;
      } catch (error) {
        release(client, isBroken(error) ? error : undefined);
        throw error;
      }
    },
    stats: () => ({ open: pool.totalCount, used, waiting: pool.waitingCount, max: options.max }),
    close() {
      ended ??= pool.end();
      return ended;
    },
  };
}

function giveBack(client: PostgresClient, error: unknown): void {
  client.release(error ? (error instanceof Error ? error : true) : undefined);
}

const SESSION_STATE = `SELECT current_setting('search_path') AS search_path,
  current_user = session_user AS is_own_role, coalesce(current_setting('orion.store_id', true), '') AS store_id`;

/** What of the session differs from a fresh one, in words; null when nothing does. */
async function checkSession(client: PostgresClient): Promise<string | null> {
  try {
    const { rows } = await client.query<{ search_path: string; is_own_role: boolean; store_id: string }>(SESSION_STATE);
    const state = rows[0];
    if (!state) return 'the session could not be read';
    if (state.search_path !== '"$user", public') return `search_path was left at ${state.search_path}`;
    if (!state.is_own_role) return 'another role was left';
    return state.store_id === '' ? null : `store ${state.store_id} was left`;
  } catch (error) {
    return `the session could not be read: ${(error as Error).message}`;
  }
}

/** True when the connection itself failed, not only a statement on it. */
export function isBroken(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  if (typeof code === 'string' && /^(08|57P0[123]|ECONN|EPIPE|ETIMEDOUT)/.test(code)) return true;
  return /Connection terminated|connection error|Client was closed/i.test(message ?? '');
}

function unreachable(error: unknown): unknown {
  const { message, code } = error as { message?: string; code?: string };
  if (/timeout exceeded when trying to connect/.test(message ?? ''))
    return new UnavailableError('database_busy', 'The database has no free connection. Try again in a moment.', error);
  if (code === '3D000' || /Cannot use a pool after calling end/.test(message ?? ''))
    return new UnavailableError('database_gone', 'The database is not there any more.', error);
  if (isBroken(error) || code === 'ENOENT' || code === '53300')
    return new UnavailableError(
      'database_unreachable',
      'The database cannot be reached. Try again in a moment.',
      error,
    );
  return error;
}
