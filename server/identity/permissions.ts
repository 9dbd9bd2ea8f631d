/**
 * What callers may do, in one place. Threats: another site's page that sends the administrator's cookie
 * along (refused by Sec-Fetch-Site and Origin), a member of one store who asks for another (refused by the
 * session's store), and a client that names a store in a header without belonging to it.
 */
import type { AppContext, AppMiddleware } from '../context.ts';
import { ForbiddenError, UnauthorizedError } from '../errors.ts';

/** Stops callers who may not have what they ask for: 401, 403. */
export function permissions(): AppMiddleware {
  return async function permissionsMiddleware(ctx, next) {
    const { area, mode, outcome } = ctx.state.resolution;
    if (outcome === 'admin') requireConsole(ctx);
    else if (mode === 'header') requireMember(ctx);
    else if (area === 'store' && !isSignIn(ctx.path)) requireMember(ctx);
    return next();
  };
}

/** Pages that lead to being signed in; everyone may see them. */
function isSignIn(path: string): boolean {
  return path === '/sign-in' || path === '/sign-in/';
}

function requireConsole(ctx: AppContext): void {
  const { caller, resolution } = ctx.state;
  // `/admin` on the platform host only leads to the console's own host.
  if (isSignIn(ctx.path) || resolution.hostKind !== 'admin') return;
  if (caller.kind !== 'console') {
    throw new UnauthorizedError(
      'The console needs a sign-in. Open the link that the server printed when it started, or get a new one with: npx orion console',
    );
  }
  if (caller.via === 'cookie') refuseOtherOrigins(ctx);
}

/** The cookie alone is not enough: the request must come from the host's own pages, or from the address bar. */
function refuseOtherOrigins(ctx: AppContext): void {
  const site = ctx.get('Sec-Fetch-Site');
  const isApi = ctx.path.startsWith('/api/');
  const isNavigation =
    ctx.method === 'GET' && ctx.get('Sec-Fetch-Mode') === 'navigate' && ctx.get('Sec-Fetch-Dest') === 'document';
  const origin = ctx.get('Origin');
  const isOwnOrigin = origin === '' || origin === `${ctx.protocol}://${ctx.get('Host').toLowerCase()}`;
  const isOwnSite = site === '' || site === 'same-origin' || site === 'none' || (!isApi && isNavigation);
  if (isOwnSite && isOwnOrigin) return;
  throw new ForbiddenError("This cannot be done from another site's page.", 'cross_origin');
}

function requireMember(ctx: AppContext): void {
  const { caller, store } = ctx.state;
  if (caller.kind !== 'staff') throw new UnauthorizedError('This needs a sign-in of someone who works for the store.');
  if (caller.storeId !== store?.id)
    throw new ForbiddenError('Cross-tenant access denied: this sign-in belongs to another store.', 'cross_tenant');
  if (caller.via === 'cookie' && ctx.method !== 'GET' && ctx.method !== 'HEAD') refuseOtherOrigins(ctx);
}
