import { randomUUID } from 'node:crypto';
import type { AppMiddleware } from '../context.ts';

/**
 * Tells browsers what a page may do: + state.nonce. No inline code but the one style that carries the nonce;
 * the console can never be framed, a storefront only by the console (its preview).
 */
export function securityHeaders(platformDomain: string): AppMiddleware {
  return async function securityHeadersMiddleware(ctx, next) {
    const nonce = randomUUID().replaceAll('-', '');
    ctx.state.nonce = nonce;
    const { area, outcome, port } = ctx.state.resolution;
    const isStorefront = area === 'storefront' && outcome !== 'admin';
    const frames = isStorefront
      ? `'self' ${ctx.protocol}://admin.${platformDomain}${port === null ? '' : `:${port}`}`
      : "'none'";
    ctx.set(
      'Content-Security-Policy',
      `default-src 'self'; style-src 'self' 'nonce-${nonce}'; script-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ${frames}`,
    );
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Referrer-Policy', 'strict-origin-when-cross-origin');
    ctx.set('Cross-Origin-Opener-Policy', 'same-origin');
    if (!isStorefront) {
      ctx.set('X-Frame-Options', 'DENY');
      ctx.set('Cross-Origin-Resource-Policy', 'same-origin');
    }
    return next();
  };
}
