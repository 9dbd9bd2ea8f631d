import type { ProcessLink } from '../database/shared-state.ts';
import type { StoreDirectory } from './store-directory.ts';
import type { StoreEventName, StoreEvents } from './store-events.ts';
import type { StoreLimitService } from './store-limits.ts';

export interface RelayParts {
  readonly processes: ProcessLink;
  readonly directory: StoreDirectory;
  readonly events: StoreEvents;
  readonly limits: StoreLimitService;
  readonly shops: { forgetAll(): void };
  readonly consoles: { reset(): void };
}

/**
 * Tells the other processes of a platform what happened to stores here, and lets what happened there count here, as if it
 * had happened here: caches forget, consoles are told. Returns the function that ends it.
 */
export function relayChanges(parts: RelayParts): () => void {
  const { processes, directory, events, limits } = parts;
  let isFromElsewhere = false;
  const ends = [
    events.subscribe((event) => {
      if (!isFromElsewhere) void processes.publish({ kind: 'store', ...event });
    }),
    limits.subscribe((storeId) => void processes.publish({ kind: 'limits', storeId })),
    processes.subscribe((change) => {
      if (change === null) {
        directory.forget();
        limits.forgetAll();
        parts.shops.forgetAll();
        parts.consoles.reset();
        return;
      }
      limits.forget(change.storeId);
      if (change.kind !== 'store') return;
      directory.forget();
      isFromElsewhere = true;
      try {
        events.emit({ name: change.name as StoreEventName, storeId: change.storeId, code: change.code ?? '' });
      } finally {
        isFromElsewhere = false;
      }
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
