import { type EventName, type EventPayload, eventPayloads, type ServerEvent } from '../../../server/contract/events.ts';

/** How the connection to the server is: `lost` after it was open, until it is open again. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'signed-out';

type Listener<Name extends EventName> = (data: EventPayload<Name>) => void;

const RETRY_MS = 500;
const ADDRESS = '/api/events';
/**
 * How long a hidden tab keeps its stream. Browsers allow six connections a host: tabs in the background would
 * leave none for the one in front.
 */
const HIDDEN_MS = 20_000;

/**
 * The one stream of server-sent events of this window. The browser resumes it by itself after a break
 * (`Last-Event-ID`); when the server refuses, it is opened anew, and everything shown counts as stale.
 */
export class EventStream {
  readonly #listeners = new Map<EventName, Set<(data: never) => void>>();
  readonly #stateListeners = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  /** Set when events may have been missed: what is shown is read again as soon as the stream is open. */
  #hasMissed = false;

  get state(): ConnectionState {
    return this.#state;
  }

  /** Connects, and lets go while the page is hidden; returns the function that ends it all. */
  start(): () => void {
    const onVisibility = () => this.#follow(document.hidden);
    document.addEventListener('visibilitychange', onVisibility);
    this.open();
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      clearTimeout(this.#hiddenTimer);
      this.close();
    };
  }

  open(): void {
    this.close();
    const source = new EventSource(ADDRESS);
    this.#source = source;
    source.onopen = () => {
      this.#setState('open');
      // A stream opened anew knows nothing of what was missed.
      if (this.#hasMissed) this.#emit({ name: 'reset', data: { bootId: '' } });
      this.#hasMissed = false;
    };
    source.onerror = () => this.#onError(source);
    for (const name of Object.keys(eventPayloads) as EventName[]) {
      source.addEventListener(name, (event) => this.#receive(name, (event as MessageEvent<string>).data));
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  /** Returns the function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener as (data: never) => void);
    return () => listeners.delete(listener as (data: never) => void);
  }

  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  #follow(isHidden: boolean): void {
    clearTimeout(this.#hiddenTimer);
    if (isHidden) this.#hiddenTimer = setTimeout(() => this.close(), HIDDEN_MS);
    else if (!this.#source && this.#state !== 'signed-out') {
      this.#hasMissed = true;
      this.open();
    }
  }

  #receive(name: EventName, text: string): void {
    const parsed = eventPayloads[name].safeParse(JSON.parse(text));
    // An event of another version is no reason to fall over: what it announces is read again.
    this.#emit(parsed.success ? ({ name, data: parsed.data } as ServerEvent) : { name: 'reset', data: { bootId: '' } });
  }

  #emit({ name, data }: ServerEvent): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(data as never);
  }

  #onError(source: EventSource): void {
    if (source !== this.#source) return;
    this.#setState('lost');
    if (source.readyState !== EventSource.CLOSED) return;
    this.#hasMissed = true;
    this.#timer = setTimeout(() => void this.#openUnlessSignedOut(), RETRY_MS);
  }

  async #openUnlessSignedOut(): Promise<void> {
    const status = await fetch('/api/server', { headers: { Accept: 'application/json' } }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 401) return this.#setState('signed-out');
    this.open();
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }
}
