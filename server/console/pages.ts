import { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import { UnauthorizedError } from '../errors.ts';
import { sessionCookie } from '../identity/identify.ts';
import type { SessionService } from '../identity/session-service.ts';
import { setSessionCookie } from '../identity/sign-in-cookie.ts';
import type { SignInLinks } from '../identity/sign-in-links.ts';
import type { PlatformPages } from '../themes/platform-pages.ts';
import type { EventHub } from './events-hub.ts';

export interface ConsolePageParts {
  readonly pages: PlatformPages;
  readonly sessions: SessionService;
  readonly links: SignInLinks;
  readonly events: EventHub;
}

/** The console's pages that are not part of its app: signing in and out. */
export function consolePages(parts: ConsolePageParts): Router<AppState> {
  const router = new Router<AppState>({ sensitive: true });
  router.get('/sign-in', (ctx) => signIn(ctx, parts));
  router.post('/sign-out', async (ctx) => {
    const token = ctx.cookies.get(sessionCookie(ctx));
    if (token) await parts.sessions.end(token);
    await parts.events.checkSessions();
    ctx.cookies.set(sessionCookie(ctx), null);
    ctx.redirect('/');
  });
  return router;
}

/** Only a GET uses the link up: programs that look ahead ask with HEAD. */
async function signIn(ctx: AppContext, parts: ConsolePageParts): Promise<void> {
  const token = ctx.query['token'];
  if (typeof token !== 'string' || ctx.method === 'HEAD') {
    throw new UnauthorizedError(
      'Open the sign-in link that the server printed when it started, or get a new one with: npx orion console',
    );
  }
  const session = await parts.sessions.beginFrom(parts.links, token, { kind: 'console' });
  if (session === null) {
    throw new UnauthorizedError(
      'This sign-in link was used already or has expired. Get a new one with: npx orion console',
      'link_invalid',
    );
  }
  setSessionCookie(ctx, sessionCookie(ctx), session);
  parts.pages.renderSignedIn(ctx, '/');
}
