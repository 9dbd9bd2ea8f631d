import { EventEmitter } from 'node:events';
import type { EventPayload } from '../contract/events.ts';

/** What happened to a store. `changed` also stands for its content, theme and domains. */
export type StoreEventName = EventPayload<'store'>['name'];

export interface StoreEvent {
  readonly name: StoreEventName;
  readonly storeId: number;
  readonly code: string;
}

/** A step of a store that is being made. */
export type StoreStepEvent = Readonly<EventPayload<'provisioning'>>;

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

  emitStep(event: StoreStepEvent): void {
    this.#emitter.emit('step', event);
  }

  /** Returns the function that ends the subscription. */
  subscribeSteps(listener: (event: StoreStepEvent) => void): () => void {
    this.#emitter.on('step', listener);
    return () => this.#emitter.off('step', listener);
  }
}
