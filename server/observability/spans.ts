import type { AppMiddleware } from '../context.ts';
import { inSpan } from './trace.ts';

/** Makes a middleware a span of the request's trace. */
export function asSpan(name: string, middleware: AppMiddleware): AppMiddleware {
  const traced: AppMiddleware = (ctx, next) => inSpan(name, () => Promise.resolve(middleware(ctx, next)));
  Object.defineProperty(traced, 'name', { value: name });
  return traced;
}
