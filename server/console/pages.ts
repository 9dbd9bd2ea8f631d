import { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import { UnauthorizedError } from '../errors.ts';
import { CONSOLE_COOKIE } from '../identity/identify.ts';
import type { SessionService } from '../identity/session-service.ts';
import { setSessionCookie } from '../identity/sign-in-cookie.ts';
import type { SignInLinks } from '../identity/sign-in-links.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { ResolverSettings } from '../tenancy/resolve.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import type { PlatformPages } from '../themes/platform-pages.ts';
import { badgeOf } from './badge.ts';
import { storeUrls } from './store-urls.ts';

export interface ConsolePageParts {
  readonly pages: PlatformPages;
  readonly stores: StoreService;
  readonly sessions: SessionService;
  readonly links: SignInLinks;
  readonly recorder: RequestRecorder;
  readonly resolver: ResolverSettings;
  readonly about: () => Readonly<Record<string, unknown>>;
}

/** The console's plain pages: sign-in, the list of stores, and the latest requests with their ladders. */
export function consolePages(parts: ConsolePageParts): Router<AppState> {
  const router = new Router<AppState>();
  router.get('/sign-in', (ctx) => signIn(ctx, parts));
  router.post('/sign-out', async (ctx) => {
    const token = ctx.cookies.get(CONSOLE_COOKIE);
    if (token) await parts.sessions.end(token);
    ctx.cookies.set(CONSOLE_COOKIE, null);
    ctx.redirect('/');
  });
  router.get('/', async (ctx) => {
    const all = await parts.stores.list();
    const stores = await Promise.all(
      all.map(async (store) => ({
        ...store,
        badge: badgeOf(store.name),
        urls: storeUrls(
          store,
          await parts.stores.domains(store.id),
          parts.resolver,
          ctx.protocol,
          ctx.state.resolution.port,
        ),
      })),
    );
    ctx.set('Cache-Control', 'no-store');
    parts.pages.render(ctx, 'console', 'Console', {
      stores,
      requests: parts.recorder.list({}, 20),
      about: parts.about(),
    });
  });
  return router;
}

/** A page that loads the next one, not a redirect: after a redirect from another site a strict cookie is not sent. */
async function signIn(ctx: AppContext, parts: ConsolePageParts): Promise<void> {
  const token = ctx.query['token'];
  if (typeof token !== 'string')
    throw new UnauthorizedError(
      'Open the sign-in link that the server printed when it started, or get a new one with: npx orion console',
    );
  const grant = parts.links.redeem(token, 'console');
  if (!grant)
    throw new UnauthorizedError(
      'This sign-in link was used already or has expired. Get a new one with: npx orion console',
      'link_invalid',
    );
  setSessionCookie(ctx, CONSOLE_COOKIE, await parts.sessions.begin(grant));
  ctx.set('Cache-Control', 'no-store');
  parts.pages.render(ctx, 'console-sign-in', 'Signed in', { isSignedIn: true, message: '' });
}
