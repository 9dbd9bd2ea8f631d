import { PassThrough } from 'node:stream';
import type { AppContext } from '../context.ts';
import { sessionCookie } from '../identity/identify.ts';
import type { SessionService } from '../identity/session-service.ts';
import { EventClient } from './events-client.ts';
import type { EventHub } from './events-hub.ts';

/** Answers `GET /api/events` with a stream that lasts until either side ends it, or the caller's session does. */
export function streamEvents(ctx: AppContext, hub: EventHub, sessions: SessionService): void {
  ctx.status = 200;
  ctx.set('Content-Type', 'text/event-stream');
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Accel-Buffering', 'no');
  // Nothing else comes over this connection, so that it does not outlive its stream when the server ends. HTTP/2 has no
  // such header: its connections end by themselves.
  if (ctx.req.httpVersionMajor < 2) ctx.set('Connection', 'close');
  if (ctx.method === 'HEAD') {
    ctx.body = '';
    return;
  }
  const stream = new PassThrough();
  const client = new EventClient(
    stream,
    () => ctx.res.destroy(),
    () => isSignedIn(ctx, sessions),
  );
  stream.once('close', () => hub.leave(client));
  hub.open(client, ctx.get('Last-Event-ID'));
  ctx.body = stream;
}

/** Whether the session that opened the stream still is one; the command line's secret has none. */
async function isSignedIn(ctx: AppContext, sessions: SessionService): Promise<boolean> {
  const { caller } = ctx.state;
  if (caller.kind !== 'console') return false;
  if (caller.via === 'bearer') return true;
  const token = ctx.cookies.get(sessionCookie(ctx));
  return token !== undefined && (await sessions.find(token, 'cookie')) !== null;
}
