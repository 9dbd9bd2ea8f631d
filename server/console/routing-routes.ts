import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import { type RouteCheckFile, routeCheckFile } from '../contract/routing.ts';
import type { ResolverSettings } from '../tenancy/resolve.ts';
import { checkRoutes } from '../tenancy/routes/check-routes.ts';
import { routeTable } from '../tenancy/routes/route-table.ts';
import type { RoutePattern } from '../tenancy/routes/router-rows.ts';
import type { StoreDirectory } from '../tenancy/store-directory.ts';
import { summarize } from '../tenancy/store-directory.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import type { PlatformSettings } from './checklist.ts';
import { readInput } from './input.ts';

export interface RoutingRouteParts {
  readonly directory: StoreDirectory;
  readonly stores: StoreService;
  readonly resolver: ResolverSettings;
  readonly settings: PlatformSettings;
  /** Filled by the routers as they are built. */
  readonly routePatterns: readonly RoutePattern[];
}

const SAVED = 'routing.checks';

/** Adds the routes of the pattern table and of batch checks to the console's API. */
export function routingRoutes(router: Router<AppState>, parts: RoutingRouteParts): void {
  const { directory, stores, resolver, settings } = parts;
  router.get('/routes', async (ctx) => {
    const filter = readInput(operations.routes.query, ctx.query);
    const [records, domains] = await Promise.all([stores.records(), stores.everyDomain()]);
    const byStore = Map.groupBy(domains, ({ storeId }) => storeId);
    ctx.body = await routeTable({
      stores: records.map((record) => ({ store: summarize(record), domains: byStore.get(record.id) ?? [] })),
      patterns: parts.routePatterns,
      lookup: directory,
      settings: { ...resolver, scheme: ctx.protocol, port: ctx.state.resolution.port },
      filter,
    });
  });
  router.post('/routes/check', async (ctx) => {
    const { checks } = readInput(operations.checkRoutes.body, ctx.request.body);
    ctx.body = await checkRoutes(checks, directory, resolver);
  });
  router.get('/route-checks', async (ctx) => {
    ctx.body = await savedChecks(settings);
  });
  router.put('/route-checks', async (ctx) => {
    const file = readInput(operations.saveRouteChecks.body, ctx.request.body);
    await settings.writeSetting(SAVED, file);
    ctx.body = file;
  });
}

async function savedChecks(settings: PlatformSettings): Promise<RouteCheckFile> {
  const kept = routeCheckFile.safeParse(await settings.readSetting(SAVED));
  return kept.success ? kept.data : { version: 1, checks: [] };
}
