import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { AppMiddleware } from '../context.ts';
import { TooManyRequestsError } from '../errors.ts';

/**
 * Gives each store its own budget of API requests, so that a loud one does not slow the others: 429 with
 * `Retry-After`. Counted in this process's memory.
 */
export function storeRateLimit(options: {
  readonly requestsPerMinute: number;
  readonly onLimited: (code: string) => void;
}): AppMiddleware {
  const limiter = new RateLimiterMemory({ points: options.requestsPerMinute, duration: 60 });
  return async function storeRateLimitMiddleware(ctx, next) {
    const { store, resolution } = ctx.state;
    if (!store || resolution.area !== 'api') return next();
    try {
      await limiter.consume(store.publicId);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      options.onLimited(store.code);
      throw new TooManyRequestsError(
        `${store.name} has used its ${options.requestsPerMinute} API requests of this minute.`,
        refused.msBeforeNext / 1000,
      );
    }
    return next();
  };
}
