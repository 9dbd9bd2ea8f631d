import type { AppContext } from '../context.ts';
import { SESSION_MS } from './session-service.ts';

/** Hands a session to the browser: host-only, unreadable for scripts, never sent along by another site's page. */
export function setSessionCookie(ctx: AppContext, name: string, token: string, path = '/'): void {
  ctx.cookies.set(name, token, {
    httpOnly: true,
    sameSite: 'strict',
    secure: ctx.secure,
    path,
    maxAge: SESSION_MS,
    overwrite: true,
  });
}
