import type { Logger } from '../observability/log.ts';
import type { StoreService } from './store-service.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What is done to stores without being asked. */
export interface StoreUpkeep {
  /** Ends it; what is under way is finished first. */
  stop(): Promise<void>;
}

/**
 * Finishes what a crash cut short, then removes deleted stores whose time is over, now and every hour.
 * A store that cannot be removed is logged and tried again at the next start.
 */
export async function startUpkeep(stores: StoreService, log: Logger): Promise<StoreUpkeep> {
  const recovered = await stores.recover((code, error) =>
    log.error(
      { err: error, store: code },
      `store ${code} was not complete and could not be removed; the next start tries again`,
    ),
  );
  for (const code of recovered)
    log.warn({ event: 'recover', store: code }, `store ${code} was not complete and has been removed`);
  const sweep = async (): Promise<void> => {
    try {
      for (const code of await stores.removeExpired())
        log.info({ event: 'expire', store: code }, `store ${code} was deleted long ago and has been removed for good`);
    } catch (error) {
      log.error({ err: error }, 'a deleted store could not be removed; the next start tries again');
    }
  };
  await sweep();
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(sweep);
  }, HOUR_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
