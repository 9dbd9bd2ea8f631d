import type { AppContext, AppMiddleware } from '../../context.ts';
import { origin } from '../../tenancy/origin.ts';
import type { HttpsInForce } from './https-service.ts';

/** Read over http by whoever verifies a domain, before it has a certificate. */
const ALWAYS_PLAIN = '/.well-known/orion-verify.txt';

/**
 * Leads people from http to https where that is wanted (308), and tells browsers to come by https from then on. Never on
 * the console's own host: its session belongs to the address it was opened at.
 */
export function offerHttps(https: { readonly inForce: HttpsInForce }): AppMiddleware {
  return async function offerHttpsMiddleware(ctx, next) {
    const { hostKind } = ctx.state.resolution;
    if (hostKind === 'admin') return next();
    const { redirect, listeningPort, hstsSeconds } = https.inForce;
    // Without `includeSubDomains`: each store decides for itself. Source: RFC 6797 §7.2: never over http.
    if (ctx.secure && hstsSeconds > 0) ctx.set('Strict-Transport-Security', `max-age=${hstsSeconds}`);
    if (!redirect || listeningPort === null || ctx.secure || !isNavigation(ctx)) return next();
    ctx.status = 308;
    ctx.set('Location', secureUrl(ctx, listeningPort));
    // It holds only as long as HTTPS is on and the port is the same.
    ctx.set('Cache-Control', 'no-store');
    ctx.body = '';
  };
}

/** Someone who opens a page, no program, picture or frame; and a page that there is a certificate for. */
function isNavigation(ctx: AppContext): boolean {
  const { area, refusal, outcome } = ctx.state.resolution;
  if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || ctx.path === ALWAYS_PLAIN) return false;
  if (area === 'api' || outcome === 'admin' || refusal?.status === 404) return false;
  const isAsked = (header: string, value: string) => ctx.get(header) === '' || ctx.get(header) === value;
  return isAsked('Sec-Fetch-Mode', 'navigate') && isAsked('Sec-Fetch-Dest', 'document');
}

function secureUrl(ctx: AppContext, port: number): string {
  return `${origin('https', ctx.state.resolution.hostname, port === 443 ? null : port)}${ctx.req.url ?? '/'}`;
}
