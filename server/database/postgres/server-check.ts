/** Looks at a Postgres before anything is done with it: whether it is there, new enough, and allows what is needed. */
import pg from 'pg';
import type { Isolation } from '../store-database.ts';
import { type PostgresAddress, parsePostgresUrl } from './address.ts';
import { mayEncrypt, settingsOf } from './address-settings.ts';
import { explainConnectError, PostgresCheckError } from './server-faults.ts';
import { missingRights, type PostgresRights, readFacts } from './server-rights.ts';
import type { PostgresSettings } from './settings.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const QUERY_TIMEOUT_MS = 15_000;

/** A Postgres that can be used. */
export interface PostgresCheck {
  /** To connect with; TLS is settled. Holds the password. */
  readonly settings: PostgresSettings;
  /** As `16.3`. */
  readonly version: string;
  readonly user: string;
  readonly database: string;
  readonly isEncrypted: boolean;
  /** Connections that this user may have at once at most, those of others included. */
  readonly maxConnections: number;
  readonly rights: PostgresRights;
  /** What works but is worth knowing, in sentences; such as a connection pooler in between. */
  readonly notes: readonly string[];
}

/**
 * Connects once and finds out everything that could go wrong later.
 * @param address a URL, or one that was parsed
 * @throws {PostgresCheckError} with everything that is wrong and what to do; a password is never in it
 */
export async function checkPostgres(address: string | PostgresAddress, isolation: Isolation): Promise<PostgresCheck> {
  const parsed = typeof address === 'string' ? parsePostgresUrl(address) : address;
  const { client, settings } = await connect(parsed);
  try {
    const facts = await readFacts(client, settings);
    const obstacles = missingRights(facts, parsed, isolation);
    if (obstacles.length > 0) throw new PostgresCheckError(obstacles);
    return {
      settings,
      version: facts.version,
      user: facts.user,
      database: facts.database,
      isEncrypted: settings.ssl !== false,
      maxConnections: facts.maxConnections,
      rights: facts.rights,
      notes: facts.isPooled ? [POOLER_NOTE] : [],
    };
  } catch (error) {
    if (error instanceof PostgresCheckError) throw error;
    throw explainConnectError(error, parsed);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const POOLER_NOTE =
  'A connection pooler such as pgbouncer stands between this server and Postgres. It must keep a session for its client (pool_mode = session): LISTEN, which tells several servers of changes, is lost in transaction mode. Better is the address of Postgres itself.';

/** Under `prefer`, TLS is tried first, then without; as libpq does. */
async function connect(address: PostgresAddress): Promise<{ client: pg.Client; settings: PostgresSettings }> {
  const attempts = mayEncrypt(address) ? (address.sslMode === 'prefer' ? [true, false] : [true]) : [false];
  let firstError: unknown;
  for (const isEncrypted of attempts) {
    const settings = await settingsOf(address, isEncrypted);
    try {
      return { client: await open(settings), settings };
    } catch (error) {
      firstError ??= error;
      if (isEncrypted && !isAboutTls(error)) break;
      if (!isEncrypted && attempts.length > 1 && !isAboutTls(error)) firstError = error;
    }
  }
  throw explainConnectError(firstError, address);
}

async function open(settings: PostgresSettings): Promise<pg.Client> {
  const client = new pg.Client({
    ...settings,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    application_name: 'orion-studio',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Whether another try without TLS could end differently. */
function isAboutTls(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return /SSL|TLS|EPROTO|CERT/i.test(`${code} ${message}`);
}
