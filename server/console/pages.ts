import { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import { UnauthorizedError } from '../errors.ts';
import { sessionCookie } from '../identity/identify.ts';
import type { SessionService } from '../identity/session-service.ts';
import { setSessionCookie } from '../identity/sign-in-cookie.ts';
import type { SignInLinks } from '../identity/sign-in-links.ts';
import type { RequestRecorder, RequestSummary } from '../observability/request-recorder.ts';
import type { ResolverSettings } from '../tenancy/resolve.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import type { PlatformPages } from '../themes/platform-pages.ts';
import { badgeOf } from './badge.ts';
import { storeUrls } from './store-urls.ts';

const SHOWN = 20;
const LOOKED_THROUGH = 500;

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
    const token = ctx.cookies.get(sessionCookie(ctx));
    if (token) await parts.sessions.end(token);
    ctx.cookies.set(sessionCookie(ctx), null);
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
      requests: latestRequests(parts.recorder),
      about: parts.about(),
    });
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

/** What others asked for: the console's own requests and the files of pages would fill the list. */
function latestRequests(recorder: RequestRecorder): RequestSummary[] {
  const isShown = ({ outcome, path }: RequestSummary) =>
    outcome !== 'admin' && !/^\/(assets|media)\/|\/media\//.test(path);
  return recorder.list({}, LOOKED_THROUGH).filter(isShown).slice(0, SHOWN);
}
