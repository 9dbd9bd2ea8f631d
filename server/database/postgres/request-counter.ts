import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { counterOf, MINUTE_SECONDS, type RequestCounter, UNREACHABLE } from '../request-counter.ts';
import type { PostgresPool } from './pool.ts';

/**
 * Counts in the table `request_counts`, so that all processes of a platform count together. While the database cannot be
 * reached, this process counts by itself. The processes' clocks must agree.
 */
export function createPostgresCounter(pool: PostgresPool, schema: string): RequestCounter {
  const counting = { points: UNREACHABLE, duration: MINUTE_SECONDS, keyPrefix: 'minute' };
  const limiter = new RateLimiterPostgres({
    ...counting,
    storeClient: {
      query: ({ text, values }: { readonly text: string; readonly values: readonly unknown[] }) =>
        pool.use((client) => client.query({ text, values: [...values] })),
    },
    storeType: 'client',
    schemaName: schema,
    tableName: 'request_counts',
    // A migration makes it.
    tableCreated: true,
    insuranceLimiter: new RateLimiterMemory(counting),
  });
  return counterOf(limiter);
}
