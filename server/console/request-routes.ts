import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import type { RequestList } from '../contract/requests.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { EventHub } from './events-hub.ts';
import { readInput } from './input.ts';
import { requireTrace } from './require-trace.ts';

export interface RequestRouteParts {
  readonly recorder: RequestRecorder;
  readonly events: EventHub;
}

/** Adds the routes of recorded requests to the console's API. */
export function requestRoutes(router: Router<AppState>, { recorder, events }: RequestRouteParts): void {
  router.get('/requests', (ctx) => {
    const page = readInput(operations.listRequests.query, ctx.query);
    ctx.body = { ...recorder.list(page), kept: recorder.stats() } satisfies RequestList;
  });
  router.get('/requests/:id', (ctx) => {
    ctx.body = requireTrace(recorder, ctx.params['id'] ?? '');
  });
  router.delete('/requests', (ctx) => {
    const removed = recorder.clear();
    events.reset();
    ctx.body = { removed };
  });
}
