import type { SwitchStatus } from '../contract/backends.ts';
import type { EventPayload, ServerEvent } from '../contract/events.ts';
import { UnavailableError } from '../errors.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { StoreEvents } from '../tenancy/store-events.ts';
import type { EventClient } from './events-client.ts';
import { EventLog, frameOf, type LoggedEvent } from './events-log.ts';

/** How long finished requests are collected, so that a busy server sends few events. */
const BATCH_MS = 100;
const BATCH_REQUESTS = 200;
const KEEP_ALIVE_MS = 15_000;
/** After this a browser tries again; a restarted server is back sooner than a browser's own 3 s. */
const RETRY_MS = 500;
const MAX_CLIENTS = 200;

export interface EventHubParts {
  readonly bootId: string;
  readonly version: string;
  readonly recorder: RequestRecorder;
  readonly stores: StoreEvents;
}

/** Hands what happens on the platform to every open console. */
export class EventHub {
  readonly #parts: EventHubParts;
  readonly #log: EventLog;
  readonly #clients = new Set<EventClient>();
  readonly #unsubscribe: readonly (() => void)[];
  /** The last request that is part of an event. */
  #sent: number;
  #batch: NodeJS.Timeout | null = null;
  #keepAlive: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(parts: EventHubParts) {
    this.#parts = parts;
    this.#log = new EventLog(parts.bootId, parts.recorder);
    this.#sent = parts.recorder.newest;
    const batchSize = Math.min(BATCH_REQUESTS, parts.recorder.stats().maxRequests);
    this.#unsubscribe = [
      parts.recorder.subscribe(() => this.#collect(batchSize)),
      parts.stores.subscribe(({ name, storeId, code }) =>
        this.#publish({ name: 'store', data: { name, id: storeId, code } }),
      ),
      parts.stores.subscribeSteps((data) => this.#publish({ name: 'provisioning', data })),
    ];
  }

  /**
   * Begins to send to a client: who answers, then what it missed since `lastEventId`, or `reset`.
   * @param lastEventId the id of the last event it saw, or an empty string
   * @throws {UnavailableError} when too many are open, or when the server is about to end
   */
  open(client: EventClient, lastEventId: string): void {
    if (this.#isClosed) throw new UnavailableError('server_stopping', 'The server is about to end.');
    if (this.#clients.size >= MAX_CLIENTS)
      throw new UnavailableError('too_many_streams', `${MAX_CLIENTS} consoles are open. Close one of them.`);
    // Requests that are being collected come to this client as well: they are not part of an event yet.
    const missed = lastEventId === '' ? [] : this.#log.after(lastEventId);
    const { bootId, version } = this.#parts;
    // Until it has got what it missed, the client goes on from where it was.
    const helloId = missed && lastEventId !== '' ? lastEventId : this.#log.lastId;
    client.send(`retry: ${RETRY_MS}\n${frameOf(helloId, 'hello', { bootId, version })}`);
    if (missed) for (const frame of missed) client.send(frame);
    else client.send(frameOf(this.#log.lastId, 'reset', { bootId }));
    this.#clients.add(client);
    this.#keepAlive ??= setInterval(() => this.#keepClients(), KEEP_ALIVE_MS).unref();
  }

  /** Ends what was opened for a client that has gone. */
  leave(client: EventClient): void {
    this.#clients.delete(client);
    if (this.#clients.size > 0 || !this.#keepAlive) return;
    clearInterval(this.#keepAlive);
    this.#keepAlive = null;
  }

  /** Tells how a move to another backend goes. */
  tellSwitch(status: SwitchStatus): void {
    this.#publish({ name: 'switch', data: status });
  }

  /** Tells that something has to be read again. */
  tellChanged(what: EventPayload<'changed'>['what']): void {
    this.#publish({ name: 'changed', data: { what } });
  }

  /** Tells every client to read everything again, also those that come back later. */
  reset(): void {
    this.#sent = this.#parts.recorder.newest;
    this.#log.clear();
    this.#publish({ name: 'reset', data: { bootId: this.#parts.bootId } });
  }

  /** Ends the streams of callers whose session has ended. */
  async checkSessions(): Promise<void> {
    await Promise.all(
      [...this.#clients].map(async (client) => {
        // When the session cannot be looked up, the client may ask again.
        if (!(await client.isAllowed().catch(() => false))) client.end();
      }),
    );
  }

  /** Ends every stream; nothing is sent any more. */
  close(): void {
    this.#isClosed = true;
    for (const end of this.#unsubscribe) end();
    if (this.#batch) clearTimeout(this.#batch);
    for (const client of this.#clients) {
      client.end();
      this.leave(client);
    }
  }

  #collect(batchSize: number): void {
    if (this.#parts.recorder.newest - this.#sent >= batchSize) this.#flush();
    else this.#batch ??= setTimeout(() => this.#flush(), BATCH_MS).unref();
  }

  #flush(): void {
    if (this.#batch) clearTimeout(this.#batch);
    this.#batch = null;
    const first = this.#sent + 1;
    const last = this.#parts.recorder.newest;
    if (last < first) return;
    this.#sent = last;
    this.#send(this.#log.add({ name: 'requests', first, last }));
  }

  #publish(event: Exclude<ServerEvent, { readonly name: 'requests' }>): void {
    this.#send(this.#log.add(event));
  }

  #send(logged: LoggedEvent): void {
    if (this.#clients.size === 0) return;
    const frame = this.#log.frame(logged);
    if (frame) for (const client of this.#clients) client.send(frame);
  }

  #keepClients(): void {
    for (const client of this.#clients) client.send(': still here\n\n');
    void this.checkSessions();
  }
}
