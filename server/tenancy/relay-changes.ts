import type { ProcessLink, SharedSetting } from '../database/shared-state.ts';
import type { Logger } from '../observability/log.ts';
import type { StoreDirectory } from './store-directory.ts';
import type { StoreEventName, StoreEvents } from './store-events.ts';
import type { StoreLimitService } from './store-limits.ts';

/** Settings that are read at the start and held in memory. */
export interface FollowedSetting {
  /** Calls `listener` when they were changed here. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
  /** Reads them anew: they were changed elsewhere. */
  follow(): Promise<void>;
}

export interface RelayParts {
  readonly processes: ProcessLink;
  readonly directory: StoreDirectory;
  readonly events: StoreEvents;
  readonly limits: StoreLimitService;
  readonly shops: { forgetAll(): void };
  readonly consoles: { reset(): void; tellChanged(what: 'certificates' | 'inspector'): void };
  readonly settings: Readonly<Record<SharedSetting, FollowedSetting>>;
  readonly log: Pick<Logger, 'warn'>;
}

/** What consoles know settings by. */
const CONSOLE_NAMES = { https: 'certificates', inspector: 'inspector' } as const;
const SETTINGS = ['https', 'inspector'] as const;

/**
 * Tells the other processes of a platform what happened to stores and settings here, and lets what happened there count
 * here, as if it had happened here: caches forget, consoles are told. Returns the function that ends it.
 */
export function relayChanges(parts: RelayParts): () => void {
  const { processes, directory, events, limits, settings } = parts;
  const follow = (name: SharedSetting) => followSetting(name, parts);
  let isFromElsewhere = false;
  const ends = [
    events.subscribe((event) => {
      if (!isFromElsewhere) void processes.publish({ kind: 'store', ...event });
    }),
    limits.subscribe((storeId) => void processes.publish({ kind: 'limits', storeId })),
    ...SETTINGS.map((name) => settings[name].subscribe(() => void processes.publish({ kind: 'setting', name }))),
    processes.subscribe((change) => {
      if (change?.kind === 'setting') return void follow(change.name);
      if (change === null) {
        for (const name of SETTINGS) void follow(name);
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

/** Never fails: what could not be read now is read when the next change is told. */
async function followSetting(name: SharedSetting, { settings, consoles, log }: RelayParts): Promise<void> {
  try {
    await settings[name].follow();
    consoles.tellChanged(CONSOLE_NAMES[name]);
  } catch (error) {
    log.warn(
      { event: 'settings.follow', err: error },
      `the settings of ${name} were changed elsewhere and cannot be read`,
    );
  }
}
