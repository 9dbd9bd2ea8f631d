import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { AppContext, AppMiddleware } from '../context.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { RequestRecorder } from './request-recorder.ts';
import { type RequestTrace, runInTrace } from './trace.ts';
import type { Traffic } from './traffic.ts';

export interface ObserveParts {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly recorder: RequestRecorder;
  readonly traffic: Traffic;
}

const SECRET_HEADERS = new Set(['authorization', 'cookie', 'set-cookie', 'proxy-authorization']);

/**
 * Follows a request until its answer is out: + state.trace. Writes one line of log, the metrics,
 * and the trace, with the status that was really sent.
 */
export function observe(parts: ObserveParts): AppMiddleware {
  return async function observeMiddleware(ctx, next) {
    const startedAt = performance.now();
    const trace = beginTrace(ctx);
    ctx.state.trace = trace;
    parts.metrics.requestsInFlight.inc();
    // The error boundary outside may still change the answer: look at it when it is out.
    ctx.res.once('close', () => {
      parts.metrics.requestsInFlight.dec();
      finish(ctx, trace, performance.now() - startedAt, parts);
    });
    return runInTrace(trace, next);
  };
}

function beginTrace(ctx: AppContext): RequestTrace {
  return {
    sequence: 0,
    requestId: ctx.state.requestId,
    traceId: /^00-([0-9a-f]{32})-/.exec(ctx.get('traceparent'))?.[1] ?? randomUUID().replaceAll('-', ''),
    startedAt: Date.now(),
    method: ctx.method,
    host: ctx.get('Host'),
    path: maskSecrets(ctx.originalUrl),
    requestHeaders: maskHeaders(ctx.headers),
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
    origin: null,
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

function finish(ctx: AppContext, trace: RequestTrace, durationMs: number, parts: ObserveParts): void {
  trace.status = statusOf(ctx);
  trace.durationMs = durationMs;
  trace.route = routePattern(ctx);
  trace.responseHeaders = maskHeaders(ctx.res.getHeaders());
  parts.traffic.count(trace, parts.recorder.add(trace));
  record(parts.metrics, trace, durationMs);
  const level = trace.status >= 500 ? 'error' : trace.status >= 400 ? 'warn' : 'info';
  if (!parts.log.isLevelEnabled(level)) return;
  const { method, host, path, status, mode, area, requestId, store } = trace;
  const ms = Math.round(durationMs * 10) / 10;
  const line = { event: 'request', requestId, store: store?.code ?? null, method, host, path, status, ms, mode, area };
  parts.log[level](line, `${method} ${host}${path} ${status} ${ms} ms${store ? ` [${store.code}]` : ''}`);
}

/** 499 in nginx's sense: the client went away before the answer was complete. A stream of events is complete whenever. */
function statusOf({ res }: AppContext): number {
  const isComplete = res.writableEnded || (res.headersSent && res.getHeader('Content-Type') === 'text/event-stream');
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

function maskHeaders(headers: IncomingHttpHeaders | OutgoingHttpHeaders): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) shown[name] = SECRET_HEADERS.has(name) ? '…' : String(value);
  }
  return shown;
}

/** Sign-in tokens come in the query: they must not be kept. */
function maskSecrets(url: string): string {
  return url.includes('token=') ? url.replace(/([?&]token=)[^&]*/g, '$1…') : url;
}
