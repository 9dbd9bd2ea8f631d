import type { Logger } from '../observability/log.ts';
import type { ResumedJob, Resuming } from './provisioning.ts';
import type { StoreService } from './store-service.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What is done to stores without being asked. */
export interface StoreUpkeep {
  /** Ends it; what is under way is finished first. */
  stop(): Promise<void>;
}

/**
 * Finishes what a crash cut short, then removes deleted stores whose time is over, now and every hour.
 * A store that cannot be removed is logged and tried again at the next start. Half-made stores are gone on with while
 * the server answers already: a start takes no longer with many of them.
 * @param isAlone whether no other process serves this platform: what looks half-made may be another's work
 */
export async function startUpkeep(
  stores: StoreService,
  log: Logger,
  isAlone: () => Promise<boolean>,
): Promise<StoreUpkeep> {
  const resuming = (await isAlone()) ? await finishInterrupted(stores, log) : null;
  const sweep = async (): Promise<void> => {
    try {
      await stores.forgetOldJobs();
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
      await resuming?.stop();
      await running;
    },
  };
}

async function finishInterrupted(stores: StoreService, log: Logger): Promise<Resuming> {
  const recovered = await stores.recover((code, error) =>
    log.error(
      { err: error, store: code },
      `store ${code} was not complete and could not be removed; the next start tries again`,
    ),
  );
  for (const code of recovered)
    log.warn({ event: 'recover', store: code }, `store ${code} was not complete and has been removed`);
  return stores.resume((ended) => logResumed(ended, log));
}

function logResumed({ code, store, error }: ResumedJob, log: Logger): void {
  if (store) log.warn({ event: 'resume', store: code }, `store ${code} was half made and is ready now`);
  else log.error({ err: error, store: code }, `store ${code} was half made and could not be finished; see: store jobs`);
}
