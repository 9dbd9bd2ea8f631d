import { EventEmitter } from 'node:events';

/** What happened to a store. `changed` also stands for its content, theme and domains. */
export type StoreEventName = 'created' | 'changed' | 'deleted';

export interface StoreEvent {
  readonly name: StoreEventName;
  readonly storeId: number;
  readonly code: string;
}

/** Tells caches and live views that a store is not what it was. */
export class StoreEvents {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  emit(event: StoreEvent): void {
    this.#emitter.emit('store', event);
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#emitter.on('store', listener);
    return () => this.#emitter.off('store', listener);
  }
}
