import { createMemoryCounter, type RequestCounter } from './request-counter.ts';

/** What another process has to forget, or to read anew. */
export type SharedChange = StoreChange | SettingChange;

interface StoreChange {
  /** `store` a store was made, changed, deleted or restored; `limits` its limits were changed. */
  readonly kind: 'store' | 'limits';
  readonly storeId: number;
  /** Of a store: what happened, and its code. */
  readonly name?: string;
  readonly code?: string;
}

/** Settings of the whole platform that each process holds in memory. */
export type SharedSetting = 'https' | 'inspector';

interface SettingChange {
  readonly kind: 'setting';
  readonly name: SharedSetting;
}

/** How the processes that serve one platform tell each other what has changed. */
export interface ProcessLink {
  /** Tells the other processes. Never fails: what could not be told makes them forget everything, as soon as it can be. */
  publish(change: SharedChange): Promise<void>;
  /**
   * Calls `listener` with each change of another process, or with null when changes may have been missed. Returns the
   * function that ends it.
   */
  subscribe(listener: (change: SharedChange | null) => void): () => void;
  /**
   * How many other processes serve this platform right now.
   * @throws {UnavailableError} when that cannot be known
   */
  otherProcesses(): Promise<number>;
  close(): Promise<void>;
}

/** What all processes of one platform have in common. */
export interface SharedState {
  readonly processes: ProcessLink;
  readonly requests: RequestCounter;
}

/** The same for a platform that only this process can serve. */
export function localSharedState(): SharedState {
  return {
    processes: {
      publish: async () => undefined,
      subscribe: () => () => undefined,
      otherProcesses: async () => 0,
      close: async () => undefined,
    },
    requests: createMemoryCounter(),
  };
}

/** Shared state that becomes another one when the platform moves to another place. */
export class MovableSharedState implements SharedState {
  readonly processes: ProcessLink;
  readonly requests: RequestCounter;
  readonly #listeners = new Set<(change: SharedChange | null) => void>();
  #current: SharedState;
  #unsubscribe: () => void;

  constructor(first: SharedState) {
    this.#current = first;
    this.#unsubscribe = first.processes.subscribe((change) => this.#tell(change));
    this.processes = {
      publish: (change) => this.#current.processes.publish(change),
      subscribe: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      otherProcesses: () => this.#current.processes.otherProcesses(),
      close: () => this.#current.processes.close(),
    };
    this.requests = {
      add: (key) => this.#current.requests.add(key),
      read: (key) => this.#current.requests.read(key),
    };
  }

  /** Goes on with another one; whoever made the last one closes it. What was known of the last is forgotten. */
  moveTo(next: SharedState): void {
    this.#unsubscribe();
    this.#current = next;
    this.#unsubscribe = next.processes.subscribe((change) => this.#tell(change));
    this.#tell(null);
  }

  #tell(change: SharedChange | null): void {
    for (const listener of this.#listeners) listener(change);
  }
}
