import { Readable } from 'node:stream';
import type { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import { ConflictError } from '../errors.ts';
import { compareTraces } from '../inspect/compare.ts';
import { copyTrace } from '../inspect/copy.ts';
import { exportRecorded, importRecorded } from '../inspect/har/recorded.ts';
import { type ResendParts, resend } from '../inspect/resend.ts';
import type { OwnPorts } from '../inspect/send-to-self.ts';
import type { Tls } from '../network/tls/create-tls.ts';
import type { About } from '../parts.ts';
import { readInput } from './input.ts';
import { requireTrace } from './require-trace.ts';

export interface ReplayRouteParts extends ResendParts {
  readonly about: () => About;
  readonly tls: Tls;
}

/** Adds the routes that send requests again, compare them, and carry them elsewhere. */
export function replayRoutes(router: Router<AppState>, parts: ReplayRouteParts): void {
  const { recorder } = parts;
  const traceOf = (ctx: AppContext & { params: Record<string, string> }, name = 'id') =>
    requireTrace(recorder, ctx.params[name] ?? '');
  router.post('/requests/send', async (ctx) => {
    const input = readInput(operations.sendRequest.body, ctx.request.body);
    const { trace } = await resend(null, input, ownPorts(ctx, parts), parts);
    ctx.status = 201;
    ctx.body = { requestId: trace.requestId, status: trace.status ?? 0, body: trace.responseBody };
  });
  router.post('/requests/:id/resend', async (ctx) => {
    const input = readInput(operations.resendRequest.body, ctx.request.body);
    const left = traceOf(ctx);
    const { trace, notes } = await resend(left, input, ownPorts(ctx, parts), parts);
    ctx.status = 201;
    ctx.body = { requestId: trace.requestId, comparison: compareTraces(left, trace, notes) };
  });
  router.get('/requests/:id/compare/:other', (ctx) => {
    ctx.body = compareTraces(traceOf(ctx), traceOf(ctx, 'other'));
  });
  router.get('/requests/:id/copy', (ctx) => {
    const { format } = readInput(operations.copyRequest.query, ctx.query);
    ctx.body = { text: copyTrace(traceOf(ctx), format, parts.about()) };
  });
  router.get('/requests.har', (ctx) => {
    const page = readInput(operations.exportHar.query, ctx.query);
    // A list has pages; an archive has everything, unless a number is named.
    const limit = ctx.query['limit'] === undefined ? null : page.limit;
    ctx.type = 'json';
    ctx.set('Content-Disposition', `attachment; filename="orion-requests-${fileTime(new Date())}.har"`);
    const text = exportRecorded(recorder, { ...page, limit }, parts.about().version);
    // In bytes: a few entries with bodies are much.
    ctx.body = Readable.from(text, { objectMode: false });
  });
  router.post('/requests.har', async (ctx) => {
    const { log } = readInput(operations.importHar.body, ctx.request.body);
    if (!recorder.isOn)
      throw new ConflictError(
        'recording_off',
        'This server keeps no requests. Start it with --trace-requests above 0.',
      );
    ctx.body = await importRecorded(log.entries, parts);
  });
}

/** Where this server listens: where it was just asked, and its port for HTTPS while there is one. */
function ownPorts(ctx: AppContext, { tls }: ReplayRouteParts): OwnPorts {
  const { socket } = ctx.req;
  const isTls = 'encrypted' in socket && socket.encrypted === true;
  return { http: isTls ? null : (socket.localPort ?? null), https: tls.https.inForce.listeningPort };
}

/** `20261121-0930`, in the time of UTC. */
function fileTime(at: Date): string {
  return at.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
}
