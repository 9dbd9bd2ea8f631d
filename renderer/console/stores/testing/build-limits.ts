import type { StoreLimitsAnswer } from '../../../../server/contract/backends.ts';

/** The limits of a store for tests: the defaults, hardly used. */
export function buildLimits(given: Partial<StoreLimitsAnswer> = {}): StoreLimitsAnswer {
  const defaults = { requestsPerMinute: 600, connections: 10, storageMegabytes: 1000, concurrentJobs: 2 };
  return {
    limits: defaults,
    defaults,
    changed: [],
    usage: { requestsThisMinute: 12, connections: 1, waiting: 0, storageBytes: 3_400_000, jobs: 0 },
    ...given,
  };
}
