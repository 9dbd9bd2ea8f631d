import { PassThrough } from 'node:stream';
import type { AppContext } from '../context.ts';
import type { RequestRecorder, RequestSummary } from '../observability/request-recorder.ts';

const KEEP_ALIVE_MS = 15_000;
const MAX_UNREAD_BYTES = 1024 * 1024;

/**
 * Streams finished requests as server-sent events. A client that comes back names the last one it saw in
 * `Last-Event-ID` and gets what it missed. Source: HTML standard, "Server-sent events".
 */
export function streamRequests(ctx: AppContext, recorder: RequestRecorder): void {
  const stream = new PassThrough();
  const send = (summary: RequestSummary) => {
    stream.write(`id: ${summary.sequence}\nevent: request\ndata: ${JSON.stringify(summary)}\n\n`);
    // A client that does not read is let go; when it comes back it gets what it missed.
    if (stream.writableLength > MAX_UNREAD_BYTES) stream.end();
  };
  ctx.set('Content-Type', 'text/event-stream');
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Accel-Buffering', 'no');
  ctx.status = 200;
  ctx.body = stream;
  stream.write(': connected\n\n');
  const lastSeen = Number(ctx.get('Last-Event-ID'));
  if (ctx.get('Last-Event-ID') !== '' && Number.isSafeInteger(lastSeen))
    for (const summary of recorder.since(lastSeen)) send(summary);
  const unsubscribe = recorder.subscribe(send);
  const keepAlive = setInterval(() => stream.write(': still here\n\n'), KEEP_ALIVE_MS);
  stream.once('close', () => {
    clearInterval(keepAlive);
    unsubscribe();
  });
}
