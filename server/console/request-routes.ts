import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import type { RequestList } from '../contract/requests.ts';
import { NotFoundError } from '../errors.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { EventHub } from './events-hub.ts';
import { readInput } from './input.ts';

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
    const trace = recorder.get(ctx.params['id'] ?? '');
    if (trace === null)
      throw new NotFoundError('This request is not kept any more, or never was.', 'request_not_found');
    if (trace === 'dropped') throw new NotFoundError(droppedMessage(recorder), 'request_details_dropped');
    ctx.body = trace;
  });
  router.delete('/requests', (ctx) => {
    const removed = recorder.clear();
    events.reset();
    ctx.body = { removed };
  });
}

function droppedMessage(recorder: RequestRecorder): string {
  const megabytes = Math.round(recorder.stats().maxBytes / 1024 / 1024);
  return `The details of this request were dropped to stay within ${megabytes} MiB. To keep more, start the server with a larger --trace-megabytes (ORION_TRACE_MEGABYTES).`;
}
