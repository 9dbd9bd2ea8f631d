/**
 * The console's API, on the admin host alone; `contract/operations.ts` describes it. It can make and delete stores, so
 * nobody but the signed-in administrator may call it: permissions ask for the session and refuse other pages
 * (identity/permissions.ts).
 */
import { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import { resolution } from '../contract/requests.ts';
import { sessionCookie } from '../identity/identify.ts';
import type { SessionService } from '../identity/session-service.ts';
import { explainWithNearMatches } from '../tenancy/explain-url.ts';
import type { StoreDirectory } from '../tenancy/store-directory.ts';
import { type BackendRouteParts, backendRoutes } from './backend-routes.ts';
import { type CertificateRouteParts, certificateRoutes } from './certificate-routes.ts';
import { saveChecklist } from './checklist.ts';
import { type DataRouteParts, dataRoutes } from './data-routes.ts';
import { type DoctorRouteParts, doctorRoutes } from './doctor-routes.ts';
import { type DomainRouteParts, domainRoutes } from './domain-routes.ts';
import { streamEvents } from './events.ts';
import { type ExplainRouteParts, explainRoutes } from './explain-routes.ts';
import { type HostsRouteParts, hostsRoutes } from './hosts-routes.ts';
import { readInput } from './input.ts';
import { type InspectorRouteParts, inspectorRoutes } from './inspector-routes.ts';
import { type LimitParts, limitRoutes } from './limit-routes.ts';
import { type LogRouteParts, logRoutes } from './log-routes.ts';
import { openApiDocument } from './openapi.ts';
import { type OverviewParts, overviewOf } from './overview.ts';
import { type PacRouteParts, pacRoutes } from './pac-routes.ts';
import { readBody } from './read-body.ts';
import { type ReplayRouteParts, replayRoutes } from './replay-routes.ts';
import { type RequestRouteParts, requestRoutes } from './request-routes.ts';
import { type RoutingRouteParts, routingRoutes } from './routing-routes.ts';
import { serverInfo } from './server-info.ts';
import { type StoreRouteParts, storeRoutes } from './store-routes.ts';

export interface ConsoleApiParts
  extends StoreRouteParts,
    BackendRouteParts,
    CertificateRouteParts,
    DataRouteParts,
    DoctorRouteParts,
    DomainRouteParts,
    HostsRouteParts,
    PacRouteParts,
    RequestRouteParts,
    ReplayRouteParts,
    ExplainRouteParts,
    InspectorRouteParts,
    LogRouteParts,
    RoutingRouteParts,
    OverviewParts {
  readonly directory: StoreDirectory;
  readonly sessions: SessionService;
  readonly limitParts: LimitParts;
}

const LINK_VALID_MS = 15 * 60 * 1000;

/** Every route of the console's API. */
export function consoleApi(parts: ConsoleApiParts): Router<AppState> {
  // Permissions and the areas tell /api from anything else by its letters; /API must not lead here past them.
  const router = new Router<AppState>({ prefix: '/api', sensitive: true });
  router.use(neverCached, readBody());
  router.get('/server', (ctx) => {
    ctx.body = serverInfo(parts, portOf(ctx));
  });
  router.get('/overview', async (ctx) => {
    ctx.body = await overviewOf(parts, portOf(ctx));
  });
  router.put('/checklist', async (ctx) => {
    ctx.body = await saveChecklist(parts.settings, readInput(operations.saveChecklist.body, ctx.request.body));
  });
  router.get('/events', (ctx) => streamEvents(ctx, parts.events, parts.sessions));
  router.get('/openapi.json', (ctx) => {
    ctx.body = openApiDocument(parts.about().version, sessionCookie(ctx));
  });
  storeRoutes(router, parts);
  dataRoutes(router, parts);
  backendRoutes(router, parts);
  limitRoutes(router, parts);
  domainRoutes(router, parts);
  doctorRoutes(router, parts);
  hostsRoutes(router, parts);
  pacRoutes(router, parts);
  certificateRoutes(router, parts);
  requestRoutes(router, parts);
  replayRoutes(router, parts);
  explainRoutes(router, parts);
  inspectorRoutes(router, parts);
  logRoutes(router, parts);
  routingRoutes(router, parts);
  router.post('/why', async (ctx) => {
    const input = readInput(operations.why.body, ctx.request.body);
    ctx.body = resolution.parse(await explainWithNearMatches(input, parts.directory, parts.resolver));
  });
  router.post('/sign-in-links', (ctx) => {
    const token = parts.links.create({ kind: 'console' }, LINK_VALID_MS);
    ctx.status = 201;
    ctx.body = { url: `${ctx.protocol}://${ctx.get('Host')}/sign-in?token=${token}` };
  });
  return router;
}

/** What is answered ends with the session; pictures, which do not change, say otherwise. */
async function neverCached(ctx: AppContext, next: () => Promise<unknown>): Promise<unknown> {
  ctx.set('Cache-Control', 'no-store');
  return next();
}

/** The port that this server listens on, also behind a proxy. */
function portOf(ctx: AppContext): number {
  return ctx.req.socket.localPort ?? 0;
}
