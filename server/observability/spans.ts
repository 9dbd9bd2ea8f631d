import type { AppMiddleware } from '../context.ts';
import { closeSpan, openSpan } from './trace.ts';

/** Makes a middleware a span of the request's trace. */
export function asSpan(name: string, middleware: AppMiddleware): AppMiddleware {
  const traced: AppMiddleware = async (ctx, next) => {
    const { recording } = ctx.state;
    const span = openSpan(recording, name);
    if (!span) return middleware(ctx, next);
    try {
      return await middleware(ctx, next);
    } finally {
      closeSpan(recording, span);
    }
  };
  Object.defineProperty(traced, 'name', { value: name });
  return traced;
}
