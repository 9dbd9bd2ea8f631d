import type { AppContext, AppMiddleware } from '../context.ts';
import { ANONYMOUS, type Caller } from './caller.ts';
import type { SessionService } from './session-service.ts';
import { sameToken } from './tokens.ts';

/**
 * The session cookie of the request's area. Host-only: no `Domain`, so one store's host never sees another's.
 * Its name holds the port, because cookies do not tell ports apart and two servers may run side by side.
 */
export function sessionCookie(ctx: AppContext): string {
  const { outcome, port } = ctx.state.resolution;
  return `orion_${outcome === 'admin' ? 'console' : 'staff'}_${port ?? 'default'}`;
}

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
    return ctx.state.resolution.hostKind === 'admin' ? { kind: 'console', actor: 'command line', via: 'bearer' } : null;
  }
  const caller = await parts.sessions.find(token, 'bearer');
  // A console session lives in the console's cookie alone.
  return caller?.kind === 'staff' ? caller : null;
}

async function byCookie(ctx: AppContext, parts: IdentityParts): Promise<Caller | null> {
  const isConsole = ctx.state.resolution.outcome === 'admin';
  const token = ctx.cookies.get(sessionCookie(ctx));
  if (!token) return null;
  const caller = await parts.sessions.find(token, 'cookie');
  return caller && (caller.kind === 'console') === isConsole ? caller : null;
}
