import { Router } from '@koa/router';
import { type AppContext, type AppState, requireDatabase, requireStore } from '../../context.ts';
import { UnauthorizedError } from '../../errors.ts';
import { sessionCookie } from '../../identity/identify.ts';
import type { SessionService } from '../../identity/session-service.ts';
import { setSessionCookie } from '../../identity/sign-in-cookie.ts';
import type { SignInLinks } from '../../identity/sign-in-links.ts';
import type { StoreService } from '../../tenancy/store-service.ts';
import { formatMoney } from '../../themes/money.ts';
import type { PlatformPages } from '../../themes/platform-pages.ts';
import { listAllProducts } from '../catalog/service.ts';
import { countOrders, listOrders } from '../orders/service.ts';
import { type DomainPageParts, domainPages } from './domain-pages.ts';

export interface DashboardParts extends DomainPageParts {
  readonly pages: PlatformPages;
  readonly stores: StoreService;
  readonly sessions: SessionService;
  readonly links: SignInLinks;
}

/** The store's own staff pages: for now what is there, to look at. Clean paths begin at the dashboard's root. */
export function dashboardRoutes(parts: DashboardParts): Router<AppState> {
  const router = new Router<AppState>();
  router.get(['/', '/dashboard'], (ctx) => overview(ctx, parts));
  router.get('/sign-in', (ctx) => signIn(ctx, parts));
  router.post('/sign-out', (ctx) => signOut(ctx, parts));
  domainPages(router, parts);
  return router;
}

/** Asks for a sign-in in the page's own words; `message` says why a link did not do. */
export function renderDashboardSignIn(ctx: AppContext, pages: PlatformPages, message = ''): void {
  const store = requireStore(ctx);
  pages.render(ctx, 'dashboard-sign-in', `Sign in · ${store.name}`, { store, message });
}

async function overview(ctx: AppContext, parts: DashboardParts): Promise<void> {
  const store = requireStore(ctx);
  const database = requireDatabase(ctx);
  const { caller, resolution } = ctx.state;
  const [products, orders, orderCount, members] = await Promise.all([
    listAllProducts(database),
    listOrders(database, 20),
    countOrders(database),
    parts.stores.members(store.id),
  ]);
  const money = (minor: number) => formatMoney(minor, store.currency, store.locale);
  ctx.set('Cache-Control', 'no-store');
  parts.pages.render(ctx, 'dashboard', `Dashboard · ${store.name}`, {
    store,
    basePath: resolution.basePath,
    email: caller.kind === 'staff' ? caller.email : '',
    products: products.map((product) => ({
      title: product.title,
      price: money(product.priceMinor),
      isAvailable: product.isAvailable,
    })),
    orders: orders.map((order) => ({
      number: order.orderNumber,
      status: order.status,
      total: money(order.totalMinor),
      placedAt: order.placedAt.toISOString().slice(0, 10),
    })),
    orderCount,
    members,
  });
}

/** Only a GET uses the link up: programs that look ahead ask with HEAD. */
async function signIn(ctx: AppContext, parts: DashboardParts): Promise<void> {
  const store = requireStore(ctx);
  const token = ctx.query['token'];
  if (typeof token !== 'string' || ctx.method === 'HEAD') return renderDashboardSignIn(ctx, parts.pages);
  const session = await parts.sessions.beginFrom(parts.links, token, { kind: 'staff', storeId: store.id });
  if (session === null) {
    throw new UnauthorizedError(
      'This sign-in link was used already, has expired, or is for another store. Get a new one from the console.',
      'link_invalid',
    );
  }
  const { basePath } = ctx.state.resolution;
  setSessionCookie(ctx, sessionCookie(ctx), session, cookiePath(ctx));
  parts.pages.renderSignedIn(ctx, `${basePath}/`);
}

async function signOut(ctx: AppContext, parts: DashboardParts): Promise<void> {
  const { basePath } = ctx.state.resolution;
  const token = ctx.cookies.get(sessionCookie(ctx));
  if (token) await parts.sessions.end(token);
  ctx.cookies.set(sessionCookie(ctx), null, { path: cookiePath(ctx) });
  ctx.redirect(`${basePath}/sign-in`);
}

/** On a store's own host the dashboard answers under several paths; on the platform host the path tells stores apart. */
function cookiePath(ctx: AppContext): string {
  const { mode, basePath } = ctx.state.resolution;
  return mode === 'path_based' ? basePath : '/';
}
