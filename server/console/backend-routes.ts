import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import type { BackendOverview } from '../contract/backends.ts';
import { operations } from '../contract/operations.ts';
import type { ScopeGuard } from '../database/guard/scope-guard.ts';
import { EXEMPTION_REASONS } from '../database/guard/scope-guard.ts';
import type { StoreBackend } from '../database/store-database.ts';
import type { BackendSwitch } from '../database/switch/backend-switch.ts';
import { actorOf } from './actor.ts';
import { readInput } from './input.ts';

export interface BackendRouteParts {
  readonly switches: BackendSwitch;
  readonly backend: StoreBackend;
  readonly guard: Pick<ScopeGuard, 'mode' | 'stats'>;
}

/** Adds the routes of the five backends, and of moves between them, to the console's API. */
export function backendRoutes(router: Router<AppState>, parts: BackendRouteParts): void {
  const { switches } = parts;
  router.get('/backends', async (ctx) => {
    ctx.body = await backendOverview(parts);
  });
  router.post('/backends/plan', async (ctx) => {
    ctx.body = await switches.plan(readInput(operations.planSwitch.body, ctx.request.body));
  });
  router.post('/backends/switch', async (ctx) => {
    const status = await switches.start(readInput(operations.startSwitch.body, ctx.request.body), actorOf(ctx));
    ctx.status = 201;
    ctx.body = status;
  });
  router.delete('/backends/switch', async (ctx) => {
    ctx.body = await switches.cancel();
  });
  router.delete('/backends/:engine/:isolation', async (ctx) => {
    await switches.dropKept(`${ctx.params['engine']}/${ctx.params['isolation']}`, actorOf(ctx));
    ctx.status = 204;
  });
}

/** Everything the Backends page shows. */
export async function backendOverview({ switches, backend, guard }: BackendRouteParts): Promise<BackendOverview> {
  const { violations, exemptions } = guard.stats();
  return {
    current: switches.current,
    backends: await switches.cards(),
    connection: { ...switches.place.connection, pool: backend.stats().connections },
    guard: {
      mode: guard.mode,
      violations,
      exemptions: exemptions.map(({ reason, uses }) => ({ reason: EXEMPTION_REASONS[reason], uses })),
    },
    running: switches.running,
    history: [...(await switches.history())],
  };
}
