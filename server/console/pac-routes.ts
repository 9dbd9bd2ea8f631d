import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import type { PacService } from '../network/pac/pac-service.ts';
import { readInput } from './input.ts';

export interface PacRouteParts {
  readonly pac: PacService;
}

/** Adds the routes of the automatic proxy configuration to the console's API. */
export function pacRoutes(router: Router<AppState>, { pac }: PacRouteParts): void {
  router.get('/pac', async (ctx) => {
    ctx.body = await pac.state();
  });
  router.patch('/pac', async (ctx) => {
    const { isOn } = readInput(operations.changePac.body, ctx.request.body);
    ctx.body = await pac.change(isOn);
  });
}
