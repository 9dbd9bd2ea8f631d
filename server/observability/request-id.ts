import { randomUUID } from 'node:crypto';
import type { AppMiddleware } from '../context.ts';

/**
 * Names every request: + state.requestId, `X-Request-Id` on the answer. An id that came with the request is
 * kept when it is harmless, so that a request can be followed through a proxy.
 */
export function requestId(): AppMiddleware {
  return async function requestIdMiddleware(ctx, next) {
    const given = ctx.get('X-Request-Id');
    ctx.state.requestId = /^[\w.-]{8,128}$/.test(given) ? given : randomUUID();
    ctx.set('X-Request-Id', ctx.state.requestId);
    return next();
  };
}
