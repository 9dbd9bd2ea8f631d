import { randomUUID } from 'node:crypto';
import type { AppContext, AppMiddleware } from '../context.ts';
import { origin } from '../tenancy/origin.ts';

/**
 * Tells browsers what a page may do: + state.nonce. No inline code but the one style that carries the nonce, and no
 * frame anywhere. It stands before everything that can refuse, so that refusals have these headers as well.
 */
export function securityHeaders(): AppMiddleware {
  return async function securityHeadersMiddleware(ctx, next) {
    ctx.state.nonce = randomUUID().replaceAll('-', '');
    ctx.set('Content-Security-Policy', contentPolicy(ctx.state.nonce, "'none'"));
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Referrer-Policy', 'strict-origin-when-cross-origin');
    ctx.set('Cross-Origin-Opener-Policy', 'same-origin');
    ctx.set('Cross-Origin-Resource-Policy', 'same-origin');
    ctx.set('X-Frame-Options', 'DENY');
    return next();
  };
}

/** Lets the console show a page of a store in a frame: its preview. Nobody else may. */
export function allowPreviewFrames(ctx: AppContext, platformDomain: string): void {
  const { port } = ctx.state.resolution;
  const consoleOrigin = origin(ctx.protocol, `admin.${platformDomain}`, port);
  ctx.set('Content-Security-Policy', contentPolicy(ctx.state.nonce, `'self' ${consoleOrigin}`));
  ctx.remove('X-Frame-Options');
  ctx.remove('Cross-Origin-Resource-Policy');
}

/**
 * The console's own page: it shows stores in frames and their pictures. A pattern cannot leave the admin host out of
 * the frames; it refuses to be in one by itself.
 */
export function allowConsoleApp(ctx: AppContext, platformDomain: string): void {
  const { port } = ctx.state.resolution;
  const stores = [platformDomain, `*.${platformDomain}`].map((host) => origin(ctx.protocol, host, port)).join(' ');
  ctx.set(
    'Content-Security-Policy',
    [
      "default-src 'self'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${ctx.state.nonce}'`,
      `img-src 'self' data: blob: ${stores}`,
      "connect-src 'self'",
      `frame-src ${stores}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
}

function contentPolicy(nonce: string, frameAncestors: string): string {
  return `default-src 'self'; style-src 'self' 'nonce-${nonce}'; script-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ${frameAncestors}`;
}
