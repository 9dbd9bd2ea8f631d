import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import type { StoreLimits, StoreLimitsAnswer } from '../contract/backends.ts';
import { operations } from '../contract/operations.ts';
import type { LimitedBackend } from '../database/backends/connection-gate.ts';
import type { RequestCounter } from '../database/request-counter.ts';
import type { StoreSummary } from '../tenancy/resolution.ts';
import type { StoreJobs } from '../tenancy/store-jobs.ts';
import type { StoreLimitService } from '../tenancy/store-limits.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import type { StoreStorage } from '../tenancy/store-storage.ts';
import { actorOf } from './actor.ts';
import { readInput } from './input.ts';

export interface LimitParts {
  readonly limits: StoreLimitService;
  readonly requestCounter: RequestCounter;
  readonly connections: Pick<LimitedBackend, 'usage' | 'usages'>;
  readonly storage: StoreStorage;
  readonly jobs: StoreJobs;
}

/** Adds the routes of what stores may use to the console's API. */
export function limitRoutes(
  router: Router<AppState>,
  parts: { readonly stores: StoreService; readonly limitParts: LimitParts },
): void {
  const { stores, limitParts } = parts;
  router.get('/stores/:code/limits', async (ctx) => {
    const store = await stores.get(ctx.params['code'] ?? '');
    ctx.body = await limitsAnswer(store, await limitParts.limits.of(store.id), limitParts);
  });
  router.patch('/stores/:code/limits', async (ctx) => {
    const store = await stores.get(ctx.params['code'] ?? '');
    const changes = readInput(operations.changeStoreLimits.body, ctx.request.body);
    const limits = await limitParts.limits.change(store, changes, actorOf(ctx));
    ctx.body = await limitsAnswer(store, limits, limitParts);
  });
}

/** What a store may use and what it uses, as the contract has it. */
export async function limitsAnswer(
  store: StoreSummary,
  limits: StoreLimits,
  parts: LimitParts,
): Promise<StoreLimitsAnswer> {
  const { used, waiting } = parts.connections.usage(store.id);
  const [requests, storageBytes] = await Promise.all([
    parts.requestCounter.read(store.publicId),
    // A store whose data cannot be reached still has limits.
    parts.storage.usedBytes(store).catch(() => 0),
  ]);
  return {
    limits,
    defaults: parts.limits.defaults,
    changed: parts.limits.changedNames(limits),
    usage: {
      requestsThisMinute: requests.used,
      connections: used,
      waiting,
      storageBytes,
      jobs: parts.jobs.usage(store.id).used,
    },
  };
}
