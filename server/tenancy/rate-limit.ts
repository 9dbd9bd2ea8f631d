import type { AppContext, AppMiddleware } from '../context.ts';
import { MINUTE_SECONDS, type RequestCounter } from '../database/request-counter.ts';
import { TooManyRequestsError } from '../errors.ts';

export interface RateLimitParts {
  readonly counter: RequestCounter;
  readonly limits: { of(storeId: number): Promise<{ readonly requestsPerMinute: number }> };
  readonly onLimited: (code: string) => void;
}

/**
 * Gives each store its own budget of API requests, so that a loud one does not slow the others: 429 with
 * `Retry-After`. Every API answer says what is left, in `RateLimit-Policy` and `RateLimit`.
 */
export function storeRateLimit(parts: RateLimitParts): AppMiddleware {
  return async function storeRateLimitMiddleware(ctx, next) {
    const { store, resolution } = ctx.state;
    if (!store || resolution.area !== 'api') return next();
    const { requestsPerMinute } = await parts.limits.of(store.id);
    const { used, resetMs } = await parts.counter.add(store.publicId);
    const resetSeconds = Math.max(1, Math.ceil(resetMs / 1000));
    sayWhatIsLeft(ctx, requestsPerMinute, Math.max(0, requestsPerMinute - used), resetSeconds);
    if (used > requestsPerMinute) {
      parts.onLimited(store.code);
      throw new TooManyRequestsError(
        `${store.name} has used its ${requestsPerMinute} API requests of this minute. Try again in ${resetSeconds} s.`,
        resetSeconds,
      );
    }
    return next();
  };
}

/** Source of both fields: draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4 (structured fields). */
function sayWhatIsLeft(ctx: AppContext, quota: number, remaining: number, resetSeconds: number): void {
  ctx.set('RateLimit-Policy', `"store";q=${quota};w=${MINUTE_SECONDS}`);
  ctx.set('RateLimit', `"store";r=${remaining};t=${resetSeconds}`);
}
