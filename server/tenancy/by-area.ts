import type { AppMiddleware } from '../context.ts';
import type { Area } from './resolution.ts';

/** Hands the request to its area's router; an area without one leaves it to the 404. */
export function byArea(routers: Readonly<Partial<Record<Area | 'console', AppMiddleware>>>): AppMiddleware {
  return async function byAreaMiddleware(ctx, next) {
    const { area, outcome } = ctx.state.resolution;
    const router = routers[outcome === 'admin' ? 'console' : area];
    return router ? router(ctx, next) : next();
  };
}
