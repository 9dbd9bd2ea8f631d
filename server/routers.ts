import type { Router } from '@koa/router';
import compose from 'koa-compose';
import { consoleApi } from './console/api.ts';
import { consoleApp } from './console/console-app.ts';
import { landingModel } from './console/landing.ts';
import { consolePages } from './console/pages.ts';
import type { AppContext, AppMiddleware, AppState } from './context.ts';
import { displayHost, wantsHtml } from './context.ts';
import { type AppError, MethodNotAllowedError } from './errors.ts';
import { allowPreviewFrames } from './identity/security-headers.ts';
import { dashboardRoutes, renderDashboardSignIn } from './modules/dashboard/module.ts';
import { demoOrderRoutes, platformDemoRoutes, publicInfo, storeDemoRoutes } from './modules/dev-tools/module.ts';
import { platformApiRoutes, storeApiRoutes } from './modules/store-api/module.ts';
import { renderStorefrontError, storefrontRoutes } from './modules/storefront/module.ts';
import { PAC_TYPE } from './network/pac/pac-file.ts';
import { type RenderErrorPage, STATUS_TITLES } from './observability/error-boundary.ts';
import type { AppParts } from './parts.ts';
import { origin } from './tenancy/origin.ts';
import type { Area } from './tenancy/resolution.ts';
import type { RoutePattern } from './tenancy/routes/router-rows.ts';

/** One router an area. */
export function buildRouters(parts: AppParts): Readonly<Record<Exclude<Area, 'admin'> | 'console', AppMiddleware>> {
  const { isDevelopment } = parts.storeContext;
  // The application may be built anew from the same parts.
  parts.routePatterns.length = 0;
  /** The router's routes, noted for the console's table of patterns in the order in which they are tried. */
  const routesOf = (owner: string, area: Area, router: Router<AppState>) => {
    parts.routePatterns.push(...patternsOf(owner, area, router));
    return answering(router);
  };
  const demos = isDevelopment ? [routesOf('demo endpoints', 'storefront', storeDemoRoutes(parts.stores))] : [];
  const platformDemos = isDevelopment ? [routesOf('demo endpoints', 'platform', platformDemoRoutes(parts.stores))] : [];
  const demoOrders = isDevelopment ? [routesOf('demo orders', 'api', demoOrderRoutes(parts.controlToken))] : [];
  const storeApi = compose([...demoOrders, routesOf('store-api', 'api', storeApiRoutes())]);
  const platformApi = routesOf('platform-api', 'platform', platformApiRoutes(parts));
  return {
    storefront: compose([...demos, routesOf('storefront', 'storefront', storefrontRoutes(parts))]),
    store: routesOf('dashboard', 'store', dashboardRoutes(parts)),
    api: (ctx, next) => (ctx.state.store ? storeApi(ctx, next) : platformApi(ctx, next)),
    platform: compose<AppContext>([...platformDemos, (ctx, next) => platform(ctx, next, parts)]),
    console: compose<AppContext>([
      (ctx, next) => toConsoleHost(ctx, next, parts),
      routesOf('console-api', 'admin', consoleApi(parts)),
      routesOf('console', 'admin', consolePages(parts)),
      (ctx, next) => metrics(ctx, next, parts),
      consoleApp(parts),
    ]),
  };
}

function answering(router: Router<AppState>): AppMiddleware {
  return compose([router.routes() as unknown as AppMiddleware, refuseOtherMethods(router)]);
}

/** What of a router has methods: the rest is middleware of its own. */
function patternsOf(owner: string, area: Area, router: Router<AppState>): RoutePattern[] {
  return router.stack.flatMap((layer) =>
    layer.methods.length === 0
      ? []
      : [
          {
            owner,
            area,
            methods: layer.methods.filter((method) => method !== 'HEAD'),
            path: String(layer.path),
            matches: (path: string) => layer.match(path),
          },
        ],
  );
}

/** A path that a route has, under another method: 405 with what is possible. */
function refuseOtherMethods(router: Router<AppState>): AppMiddleware {
  return async (ctx, next) => {
    await next();
    if (ctx.status !== 404 || ctx.body != null) return;
    const methods = new Set(router.match(ctx.path, ctx.method).path.flatMap((layer) => layer.methods));
    if (methods.size > 0 && !methods.has(ctx.method))
      throw new MethodNotAllowedError(ctx.method, [...methods].join(', '));
  };
}

/** The platform host's own pages: the landing page, as JSON for who asks for JSON, and the metrics. */
async function platform(ctx: AppContext, next: () => Promise<unknown>, parts: AppParts): Promise<unknown> {
  const { isDevelopment } = parts.storeContext;
  // In production, who the tenants are is for the console alone.
  if (ctx.path === '/metrics' && isDevelopment) return metrics(ctx, next, parts);
  if (ctx.path === '/proxy.pac') return pacFile(ctx, next, parts);
  if (ctx.path !== '/' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
  ctx.vary('Accept');
  if (!wantsHtml(ctx) && isDevelopment) return publicInfo(ctx, parts.stores, parts.config.platformDomain);
  parts.pages.render(ctx, 'landing', 'Orion Studio', await landingModel(ctx, parts));
}

/** The automatic proxy configuration, for browsers outside; read anew each time, because stores come and go. */
async function pacFile(ctx: AppContext, next: () => Promise<unknown>, parts: AppParts): Promise<unknown> {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
  ctx.set('Cache-Control', 'no-cache');
  ctx.set('Content-Type', PAC_TYPE);
  ctx.body = await parts.pac.file();
}

async function metrics(ctx: AppContext, next: () => Promise<unknown>, parts: AppParts): Promise<unknown> {
  if (ctx.path !== '/metrics' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
  ctx.type = parts.metrics.registry.contentType;
  ctx.body = await parts.metrics.registry.metrics();
}

/** `/admin` of the platform host is the console's old door: cookies live on the console's own host. */
async function toConsoleHost(ctx: AppContext, next: () => Promise<unknown>, parts: AppParts): Promise<unknown> {
  const { hostKind, port } = ctx.state.resolution;
  if (hostKind === 'admin') return next();
  ctx.redirect(`${origin(ctx.protocol, `admin.${parts.config.platformDomain}`, port)}/`);
}

/** Errors in the look of whoever they happened to: the store's theme, the dashboard, the console, or the platform. */
export function renderErrorPage(parts: AppParts): RenderErrorPage {
  return async (ctx: AppContext, error: AppError) => {
    const { resolution, storefront, store } = ctx.state;
    if (storefront) return renderStorefrontError(ctx, error, parts.backend);
    if (error.status === 401 && store && resolution.area === 'store') {
      const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
      if (isRead && error.code !== 'link_invalid') return ctx.redirect(`${resolution.basePath}/sign-in`);
      return renderDashboardSignIn(ctx, parts.pages, error.message);
    }
    if (error.status === 401 && resolution?.outcome === 'admin') {
      if (comesByLink(ctx))
        return parts.pages.renderSignedIn(
          ctx,
          `${ctx.protocol}://${displayHost(ctx)}${ctx.originalUrl}`,
          'Orion Studio',
        );
      return parts.pages.render(ctx, 'console-sign-in', 'Sign in', { message: error.message });
    }
    // The console's preview shows why there is no page, instead of a browser's empty frame.
    if (resolution?.outcome === 'refused' || resolution?.area === 'storefront')
      allowPreviewFrames(ctx, parts.config.platformDomain);
    parts.pages.render(ctx, 'error', STATUS_TITLES[error.status] ?? 'Error', errorModel(ctx, error, parts));
  };
}

/**
 * A link on another site, as on a storefront's page: its first request has no strict cookie, so the page asks once more
 * from the console's own host. That second one comes from the same origin and is judged as it is.
 */
function comesByLink(ctx: AppContext): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  return ctx.method === 'GET' && (site === 'cross-site' || site === 'same-site');
}

function errorModel(ctx: AppContext, error: AppError, parts: AppParts): object {
  const { resolution, requestId } = ctx.state;
  const { isDevelopment } = parts.storeContext;
  const port = resolution?.port ?? null;
  const addressOf = (name: string) => `${origin(ctx.protocol, name + parts.config.platformDomain, port)}/`;
  const title = error.code === 'store_not_found' ? 'No such store' : (STATUS_TITLES[error.status] ?? 'Error');
  const near = (error.extra['nearMatches'] ?? []) as readonly string[];
  return {
    status: error.status,
    title,
    detail: error.message,
    requestId,
    nearMatches: near.map((code) => ({ code, url: addressOf(`${code}.`) })),
    homeUrl: addressOf(''),
    ladder: isDevelopment ? (resolution?.ladder ?? []) : [],
  };
}
