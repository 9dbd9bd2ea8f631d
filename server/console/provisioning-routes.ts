import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import type { StoreBackend } from '../database/store-database.ts';
import { migrateStore } from '../tenancy/store-migrations.ts';
import type { StoreService } from '../tenancy/store-service.ts';

export interface ProvisioningRouteParts {
  readonly stores: StoreService;
  readonly backend: StoreBackend;
}

/** Adds the routes of stores in the making, and of their migrations, to the console's API. */
export function provisioningRoutes(router: Router<AppState>, { stores, backend }: ProvisioningRouteParts): void {
  router.get('/provisioning', async (ctx) => {
    ctx.body = { jobs: await stores.provisioningJobs() };
  });
  router.get('/stores/:code/migrations', async (ctx) => {
    ctx.body = { migrations: await backend.migrations(await stores.record(ctx.params['code'] ?? '')) };
  });
  router.post('/stores/:code/migrations', async (ctx) => {
    ctx.body = { ran: await migrateStore(backend, await stores.record(ctx.params['code'] ?? '')) };
  });
}
