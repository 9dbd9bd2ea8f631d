import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { gatherCounts } from './gather-counts.ts';

/** What was counted in the minute under way. */
export interface RequestCount {
  readonly used: number;
  /** Milliseconds until the next minute begins. */
  readonly resetMs: number;
}

/** Counts the API requests of each store, minute by minute; the first request of a store begins its minute. */
export interface RequestCounter {
  /** Counts one request; returns the count with it. */
  add(key: string): Promise<RequestCount>;
  /** The count as it is. */
  read(key: string): Promise<RequestCount>;
}

export const MINUTE_SECONDS = 60;
/** More than any store may have: the limit is compared outside, because it is a store's own and can change. */
export const UNREACHABLE = 2_000_000_000;
const NOTHING: RequestCount = { used: 0, resetMs: MINUTE_SECONDS * 1000 };

/** Counts in this process's memory. */
export function createMemoryCounter(): RequestCounter {
  return counterOf(new RateLimiterMemory({ points: UNREACHABLE, duration: MINUTE_SECONDS }));
}

/** A counter over any limiter whose points cannot be reached. */
export function counterOf(limiter: RateLimiterAbstract): RequestCounter {
  return {
    add: gatherCounts(async (key, requests) => {
      const { consumedPoints, msBeforeNext } = await limiter.consume(key, requests);
      return { used: consumedPoints, resetMs: msBeforeNext };
    }),
    async read(key) {
      const found = await limiter.get(key);
      return found ? { used: found.consumedPoints, resetMs: Math.max(0, found.msBeforeNext) } : NOTHING;
    },
  };
}
