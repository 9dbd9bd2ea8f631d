/**
 * LISTEN/NOTIFY between the processes that serve one platform, over a connection of its own: a pooled one would lose
 * its subscription. The same connection holds a shared advisory lock as long as the process lives; counting those
 * locks counts the processes, and a process that died is not among them.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { UnavailableError } from '../../errors.ts';
import type { ProcessLink, SharedChange } from '../shared-state.ts';
import type { PostgresSettings } from './settings.ts';

export interface ChangeChannelOptions {
  /** Pause before it connects again, in milliseconds. */
  readonly retryMs?: number;
  /** How often the connection is tried, in milliseconds: one that hangs tells nothing by itself. */
  readonly heartbeatMs?: number;
}

/** A change as it travels; without one, everything is to be forgotten. */
interface Message {
  readonly from: string;
  readonly change: SharedChange | null;
}

const CHANNEL = 'orion_changes';
const KINDS: ReadonlySet<string> = new Set<SharedChange['kind']>(['store', 'limits', 'setting']);
/** `OP` in ASCII. */
const LOCK_CLASS = 0x4f50;
const LOCK_ID = 1;
const RETRY_MS = 1000;
const HEARTBEAT_MS = 10_000;
const QUERY_TIMEOUT_MS = 5000;
const COUNT_OTHERS = `SELECT count(*)::int AS others FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid = $2 AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Connects a process with the others. @throws {Error} the driver's, when it cannot connect */
export async function openChangeChannel(
  settings: PostgresSettings,
  options: ChangeChannelOptions = {},
): Promise<ProcessLink> {
  const channel = new ChangeChannel(settings, options);
  await channel.connect();
  return channel;
}

class ChangeChannel implements ProcessLink {
  readonly #settings: PostgresSettings;
  readonly #retryMs: number;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #id = randomUUID();
  readonly #listeners = new Set<(change: SharedChange | null) => void>();
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #isClosed = false;
  /** Others were not told of something. */
  #owesReset = false;

  constructor(settings: PostgresSettings, options: ChangeChannelOptions) {
    this.#settings = settings;
    this.#retryMs = options.retryMs ?? RETRY_MS;
    this.#heartbeat = setInterval(() => void this.#beat(), options.heartbeatMs ?? HEARTBEAT_MS).unref();
  }

  async connect(): Promise<void> {
    const client = new pg.Client({
      ...this.#settings,
      application_name: 'orion-studio changes',
      keepAlive: true,
      // A change may be told while another one still is.
      pipeline: true,
      connectionTimeoutMillis: QUERY_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => this.#receive(payload ?? ''));
    try {
      await client.connect();
      await client.query('SELECT pg_advisory_lock_shared($1, $2)', [LOCK_CLASS, LOCK_ID]);
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.#isClosed) return client.end();
    this.#client = client;
  }

  async publish(change: SharedChange): Promise<void> {
    await this.#send({ from: this.#id, change });
  }

  subscribe(listener: (change: SharedChange | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async otherProcesses(): Promise<number> {
    try {
      if (!this.#client) throw new Error('the connection for changes is lost');
      const { rows } = await this.#client.query<{ others: number }>(COUNT_OTHERS, [LOCK_CLASS, LOCK_ID]);
      return rows[0]?.others ?? 0;
    } catch (error) {
      const message = 'Whether other servers use this database cannot be found out right now. Try again in a moment.';
      throw new UnavailableError('database_unreachable', message, error);
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#heartbeat);
    if (this.#retry) clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  async #send(message: Message): Promise<void> {
    try {
      if (!this.#client) throw new Error('the connection for changes is lost');
      await this.#client.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(message)]);
    } catch {
      this.#owesReset = true;
    }
  }

  #receive(payload: string): void {
    const message = readMessage(payload);
    if (message.from !== this.#id) this.#tell(message.change);
  }

  #tell(change: SharedChange | null): void {
    for (const listener of this.#listeners) listener(change);
  }

  async #beat(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    try {
      await client.query('SELECT 1');
      if (this.#owesReset) await this.#reset();
    } catch {
      this.#lost(client);
    }
  }

  #lost(client: pg.Client): void {
    if (this.#isClosed || client !== this.#client) return;
    this.#client = null;
    void client.end().catch(() => undefined);
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    this.#retry = setTimeout(() => void this.#reconnect(), this.#retryMs).unref();
  }

  async #reconnect(): Promise<void> {
    try {
      await this.connect();
    } catch {
      if (!this.#isClosed) this.#reconnectLater();
      return;
    }
    // What others changed meanwhile was not heard.
    this.#tell(null);
    if (this.#owesReset) await this.#reset();
  }

  async #reset(): Promise<void> {
    this.#owesReset = false;
    await this.#send({ from: this.#id, change: null });
  }
}

/** Anything that cannot be read makes everything be forgotten: another version may have written it. */
function readMessage(payload: string): Message {
  try {
    const { from, change } = JSON.parse(payload) as Partial<Message>;
    const isKnown = change === null || (change !== undefined && KINDS.has(change.kind));
    return { from: String(from), change: isKnown ? change : null };
  } catch {
    return { from: '', change: null };
  }
}
