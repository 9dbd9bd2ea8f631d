import { randomUUID } from 'node:crypto';
import type { ServerHttp2Stream } from 'node:http2';
import type { AppContext, AppMiddleware } from '../context.ts';
import { isAsset } from '../contract/requests.ts';
import { type BodyCapture, captureBodies, type KeepText } from './body-capture.ts';
import type { Inspector } from './inspector.ts';
import type { Logger } from './log.ts';
import { maskUrl } from './mask.ts';
import type { Metrics } from './metrics.ts';
import { flagsOf, notice } from './notice.ts';
import type { OtlpExport } from './otlp-export.ts';
import { PROBE_AGENT } from './probe-agent.ts';
import { isArchive, isInspectorsOwn, type RecordedParts, withHeaders } from './recorded-parts.ts';
import type { RequestRecorder } from './request-recorder.ts';
import type { ResendRegistry } from './resend-registry.ts';
import { setServerTiming } from './server-timing.ts';
import { type ActiveTrace, beginActive, type RequestTrace, runActive } from './trace.ts';
import type { Traffic } from './traffic.ts';

export interface ObserveParts {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly recorder: RequestRecorder;
  readonly traffic: Traffic;
  readonly inspector: Pick<Inspector, 'current'>;
  readonly otlp: Pick<OtlpExport, 'add' | 'isOn'>;
  readonly resends: Pick<ResendRegistry, 'find'>;
  readonly storeContext: { readonly isDevelopment: boolean };
}

/**
 * Follows a request until its answer is out: + state.trace, Server-Timing in development. Writes one line of log, the
 * metrics, and the trace, with the status that was really sent.
 */
export function observe(parts: ObserveParts): AppMiddleware {
  return async function observeMiddleware(ctx, next) {
    const startedAt = performance.now();
    const trace = beginTrace(ctx);
    ctx.state.trace = trace;
    const recording = beginActive(trace);
    ctx.state.recording = recording;
    const bodies = watchBodies(ctx, trace, parts);
    parts.metrics.requestsInFlight.inc();
    // The error boundary outside may still change the answer: look at it when it is out.
    ctx.res.once('close', () => {
      parts.metrics.requestsInFlight.dec();
      finish(ctx, recording, bodies, performance.now() - startedAt, parts);
    });
    try {
      return await runActive(recording, next);
    } finally {
      if (parts.storeContext.isDevelopment) setServerTiming(ctx, trace, performance.now() - startedAt);
    }
  };
}

/** Null when bodies are not kept. */
function watchBodies(ctx: AppContext, trace: RequestTrace, { recorder, inspector }: ObserveParts): BodyCapture | null {
  const { bodies, bodyKilobytes } = inspector.current;
  if (!bodies || !recorder.isOn) return null;
  const keepText: KeepText = (text, bytes) => (isInspectorsOwn(trace) ? null : recorder.keepText(text, bytes));
  return captureBodies(ctx.req, isAsset(ctx.path) ? null : ctx.res, bodyKilobytes * 1024, keepText);
}

function beginTrace(ctx: AppContext): RequestTrace {
  return {
    sequence: 0,
    requestId: ctx.state.requestId,
    traceId: /^00-([0-9a-f]{32})-/.exec(ctx.get('traceparent'))?.[1] ?? randomUUID().replaceAll('-', ''),
    startedAt: Date.now(),
    method: ctx.method,
    host: ctx.get('Host') || String(ctx.headers[':authority'] ?? ''),
    path: maskUrl(ctx.originalUrl),
    // Masked when somebody asks: see recorded-parts.ts.
    requestHeaders: {},
    status: null,
    durationMs: null,
    route: null,
    outcome: null,
    mode: null,
    area: null,
    cleanPath: null,
    hint: null,
    refusal: null,
    store: null,
    ladder: [],
    spans: [],
    sql: [],
    responseHeaders: {},
    error: null,
    role: null,
    actor: null,
    flags: [],
    origin: ctx.get('User-Agent') === PROBE_AGENT ? 'probe' : null,
    scheme: ctx.protocol === 'https' ? 'https' : 'http',
    httpVersion: ctx.req.httpVersion,
    cookies: [],
    requestBody: null,
    responseBody: null,
    logs: [],
    insights: [],
    resentFrom: null,
  };
}

function finish(
  ctx: AppContext,
  recording: ActiveTrace,
  bodies: BodyCapture | null,
  durationMs: number,
  parts: ObserveParts,
): void {
  const { trace } = recording;
  trace.status = statusOf(ctx);
  trace.durationMs = durationMs;
  trace.route = routePattern(ctx);
  const recorded = parts.recorder.isOn || parts.otlp.isOn ? partsOf(ctx, recording, bodies) : null;
  parts.traffic.count(trace, recorded && parts.recorder.isOn ? keep(ctx, recording, recorded, parts) : null);
  record(parts.metrics, trace, durationMs);
  if (recorded && parts.otlp.isOn) parts.otlp.add(withHeaders(trace, recorded));
  const level = trace.status >= 500 ? 'error' : trace.status >= 400 ? 'warn' : 'info';
  if (!parts.log.isLevelEnabled(level)) return;
  if (isFollowingLog(trace)) return;
  const { method, host, path, status, mode, area, requestId, store } = trace;
  const ms = Math.round(durationMs * 10) / 10;
  const line = { event: 'request', requestId, store: store?.code ?? null, method, host, path, status, ms, mode, area };
  parts.log[level](line, `${method} ${host}${path} ${status} ${ms} ms${store ? ` [${store.code}]` : ''}`);
}

/** Who follows the log would be told of nothing but being told. */
function isFollowingLog({ outcome, path, status }: RequestTrace): boolean {
  return outcome === 'admin' && path.startsWith('/api/logs') && (status === 200 || status === 499);
}

function partsOf(ctx: AppContext, { trace, lines }: ActiveTrace, bodies: BodyCapture | null): RecordedParts {
  // What shows recorded requests would soon fill their memory with copies of them.
  if (bodies?.response && isInspectorsOwn(trace)) bodies.response = { ...bodies.response, kept: [], keptBytes: 0 };
  if (bodies?.request && isArchive(trace)) bodies.request = { ...bodies.request, kept: [], keptBytes: 0 };
  const original = { url: ctx.originalUrl, headers: ctx.req.headers };
  return { original, answerHeaders: ctx.res.getHeaders(), bodies, lines };
}

/** Completes the trace with what only its end tells, and hands it to the recorder. */
function keep(ctx: AppContext, { trace, isTruncated }: ActiveTrace, recorded: RecordedParts, parts: ObserveParts) {
  addCaller(trace, ctx);
  trace.insights = notice(trace, parts.inspector.current, String(recorded.answerHeaders['content-type']));
  trace.flags = flagsOf(trace, isTruncated);
  const resend = parts.resends.find(trace.requestId);
  if (resend) {
    trace.origin = 'resent';
    trace.resentFrom = resend.resentFrom;
  }
  return parts.recorder.add(trace, recorded);
}

/** Nobody is known before `identity`: of requests that ended earlier, such as those for files. */
function addCaller(trace: RequestTrace, { state: { caller } }: AppContext): void {
  if (!caller) return;
  if (caller.kind === 'console') {
    trace.role = 'console';
    trace.actor = caller.actor;
  } else if (caller.kind === 'staff') {
    trace.role = caller.role;
    trace.actor = caller.email;
  } else trace.role = 'anonymous';
}

/** 499 in nginx's sense: the client went away before the answer was complete. A stream of events is complete whenever. */
function statusOf({ req, res }: AppContext): number {
  // Over HTTP/2 an answer to a client that is gone can still be ended.
  const { stream } = req as { readonly stream?: ServerHttp2Stream };
  const isReset = stream !== undefined && stream.rstCode !== 0;
  const isComplete =
    (res.writableEnded && !isReset) || (res.headersSent && res.getHeader('Content-Type') === 'text/event-stream');
  return isComplete ? res.statusCode : 499;
}

/** The route's pattern, never the raw path: so the number of series stays bounded. */
function routePattern(ctx: AppContext): string {
  const pattern = (ctx as AppContext & { _matchedRoute?: unknown })._matchedRoute;
  return typeof pattern === 'string' ? pattern : 'none';
}

function record(metrics: Metrics, trace: RequestTrace, durationMs: number): void {
  const store = metrics.storeLabel(trace.store?.code);
  const route = trace.route ?? 'none';
  const method = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(trace.method) ? trace.method : 'other';
  metrics.requests.inc({ store, route, method, status: String(trace.status) });
  metrics.requestDuration.observe({ store, route, method }, durationMs / 1000);
  if (trace.outcome) metrics.resolutions.inc({ mode: trace.mode ?? 'none', result: trace.outcome });
  // The store's own database refused a row of another store.
  if (trace.error?.code === 'cross_store_row') metrics.scopeViolations.inc({ store, kind: 'refused_by_database' });
  for (const statement of trace.sql) {
    const op =
      /^\s*(select|insert|update|delete|begin|commit|rollback|pragma)/i.exec(statement.sql)?.[1]?.toLowerCase() ??
      'other';
    metrics.queryDuration.observe({ store, op }, statement.durationMs / 1000);
  }
}
