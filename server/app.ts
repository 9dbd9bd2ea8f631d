/**
 * A REQUEST'S JOURNEY, top to bottom. Order is behaviour: app.integration.test.ts pins it, docs/REQUEST.md draws it.
 * Each line says what it adds to the request, how it can end it, and why it stands here.
 */
import Koa from 'koa';
import type { AppMiddleware, AppState } from './context.ts';
import { openStoreDatabase } from './database/open-store-database.ts';
import { identify } from './identity/identify.ts';
import { permissions } from './identity/permissions.ts';
import { securityHeaders } from './identity/security-headers.ts';
import { type StorefrontParts, storefrontTheme } from './modules/storefront/module.ts';
import { offerHttps } from './network/tls/offer-https.ts';
import { errorBoundary } from './observability/error-boundary.ts';
import { health } from './observability/health.ts';
import { observe } from './observability/observe.ts';
import { requestId } from './observability/request-id.ts';
import { asSpan } from './observability/spans.ts';
import type { AppParts } from './parts.ts';
import { buildRouters, renderErrorPage } from './routers.ts';
import { byArea } from './tenancy/by-area.ts';
import { storeRateLimit } from './tenancy/rate-limit.ts';
import { hostGuard, storeContext } from './tenancy/store-context.ts';
import { assets } from './themes/assets.ts';

/** The middleware in order, by name. */
export function journey(parts: AppParts): readonly (readonly [string, AppMiddleware])[] {
  const { config, resolver, log } = parts;
  const answers = { log, renderPage: renderErrorPage(parts), isDevelopment: config.mode === 'development' };
  return [
    // 1. ALWAYS. Nothing below can fail unanswered or unrecorded.
    ['errors', errorBoundary(answers)], //                                  the only place an error becomes an answer
    ['request-id', requestId()], //                                         + requestId
    ['observe', observe(parts)], //                                         + trace; log line, metrics
    ['health', health(parts.healthChecks, parts.about, parts.bootId)], // | 200, 503: for every host, before any of it is judged
    ['security-headers', securityHeaders()], //                             + nonce: refusals need them as well
    // 2. FOR WHOM? Below this block state.store is set and never changes.
    ['host-guard', hostGuard(parts.directory, resolver)], //                + resolution             | 400, 421
    ['https', offerHttps(parts.tls.https)], //                              | 308: from http to https, where that is wanted
    ['assets', assets(parts.assetSources)], //                              | 200: theme files hold no store's data
    ['store-context', storeContext(parts.storeContext)], //                 + store, clean path      | 308, 404, 503
    ['rate-limit', storeRateLimit(parts.rateLimit)], //                     | 429: before anything of the store is opened
    // 3. WITH WHAT, AND BY WHOM? Everything here belongs to one store.
    ['theme', storefrontTheme(storefrontParts(parts))], //                        + storefront: settings, menus (storefront only)
    ['store-database', openStoreDatabase(parts.backend, parts.storeGate)], //                + database, closed in finally | 503
    ['identity', identify(parts)], //                                       + caller
    ['permissions', permissions()], //                                      | 401, 403
    // 4. THE PAGE.
    ['area', byArea(buildRouters(parts))], //                               the area's router, or the 404 of `errors`
  ];
}

/** What storefront pages are made with; their debug bar is for development alone, and leads to what is recorded. */
function storefrontParts(parts: AppParts): StorefrontParts {
  const { config, shops, resends, inspector, recorder, pages } = parts;
  const mayShow = config.mode === 'development' && recorder.isOn;
  return {
    shops,
    resends,
    platformDomain: config.platformDomain,
    debugBar: {
      isOn: () => mayShow && inspector.current.debugBar,
      asset: (file) => `/assets/platform/${pages.assetsHash}/${file}`,
      platformDomain: config.platformDomain,
    },
  };
}

/** The application; it listens nowhere by itself. */
export function buildApp(parts: AppParts): Koa<AppState> {
  // Only the scheme is taken from a proxy: hosts and paths are read as they came.
  const app = new Koa<AppState>({ proxy: parts.config.trustProxy });
  app.silent = true;
  // The error boundary answers everything; what reaches Koa itself is a broken connection.
  app.on('error', (error: Error) => parts.log.debug({ err: error }, 'connection error'));
  const isRecording = parts.config.traceRequests > 0;
  for (const [name, middleware] of journey(parts)) {
    app.use(isRecording && !ABOVE_TRACE.has(name) ? asSpan(name, middleware) : middleware);
  }
  return app;
}

/** Spans belong to a trace, which `observe` begins. */
const ABOVE_TRACE: ReadonlySet<string> = new Set(['errors', 'request-id', 'observe']);
