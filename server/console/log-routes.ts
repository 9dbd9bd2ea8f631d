import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import type { LogList } from '../contract/inspect.ts';
import { operations } from '../contract/operations.ts';
import type { LogRing } from '../observability/log-ring.ts';
import { readInput } from './input.ts';

export interface LogRouteParts {
  readonly logLines: LogRing;
}

/** Adds the route of the log's latest lines to the console's API. It can wait for the next line. */
export function logRoutes(router: Router<AppState>, { logLines }: LogRouteParts): void {
  router.get('/logs', async (ctx) => {
    const { waitMs, ...query } = readInput(operations.listLogs.query, ctx.query);
    const gone = new AbortController();
    const leave = () => gone.abort();
    ctx.res.once('close', leave);
    try {
      const lines = await logLines.next(query, waitMs, gone.signal);
      ctx.body = { lines, newest: newestOf(lines, query.limit, logLines) } satisfies LogList;
    } finally {
      ctx.res.off('close', leave);
    }
  });
}

/** From where to ask on: behind the last line of a full page, else behind everything. */
function newestOf(lines: LogList['lines'], limit: number, { newest }: LogRing): number {
  return lines.length >= limit ? (lines.at(-1)?.sequence ?? newest) : newest;
}
