import type { AppContext, AppMiddleware } from '../context.ts';
import { ANONYMOUS, type Caller } from './caller.ts';
import type { SessionService } from './session-service.ts';
import { sameToken } from './tokens.ts';

/** Host-only cookies: no `Domain`, so one store's host never sees another's. */
export const CONSOLE_COOKIE = 'orion_console';
export const STAFF_COOKIE = 'orion_staff';

export interface IdentityParts {
  readonly sessions: SessionService;
  /** The secret of `server.json`: the command line of the same user. */
  readonly controlToken: string;
}

/** Finds out who makes the request: + state.caller. Never refuses: that is permissions' part. */
export function identify(parts: IdentityParts): AppMiddleware {
  return async function identifyMiddleware(ctx, next) {
    ctx.state.caller = (await byBearer(ctx, parts)) ?? (await byCookie(ctx, parts)) ?? ANONYMOUS;
    return next();
  };
}

async function byBearer(ctx: AppContext, parts: IdentityParts): Promise<Caller | null> {
  const token = /^Bearer ([\w-]+)$/.exec(ctx.get('Authorization'))?.[1];
  if (token === undefined) return null;
  if (sameToken(token, parts.controlToken)) {
    return ctx.state.resolution.hostKind === 'admin' ? { kind: 'console', actor: 'command line' } : null;
  }
  const caller = await parts.sessions.find(token);
  // A console session lives in the console's cookie alone.
  return caller?.kind === 'staff' ? caller : null;
}

async function byCookie(ctx: AppContext, parts: IdentityParts): Promise<Caller | null> {
  const isConsole = ctx.state.resolution.outcome === 'admin';
  const token = ctx.cookies.get(isConsole ? CONSOLE_COOKIE : STAFF_COOKIE);
  if (!token) return null;
  const caller = await parts.sessions.find(token);
  return caller && (caller.kind === 'console') === isConsole ? caller : null;
}
