/** Requests for tests. */
import type { RequestSummary, RequestTrace } from '../../../server/contract/requests.ts';

/** A request to Fashion Boutique's home page with what the test names changed. */
export function buildSummary(changes: Partial<RequestSummary> = {}): RequestSummary {
  const sequence = changes.sequence ?? 1;
  return {
    sequence,
    requestId: `request-${sequence}`,
    startedAt: Date.UTC(2026, 10, 21, 12, 0, 0, sequence),
    method: 'GET',
    host: 'fashion.localhost:8000',
    path: '/',
    status: 200,
    durationMs: 2.5,
    mode: 'subdomain',
    area: 'storefront',
    store: { id: 2, code: 'fashion', name: 'Fashion Boutique', color: '#9a4a33' },
    outcome: 'store',
    statements: 1,
    role: 'anonymous',
    flags: [],
    origin: null,
    ...changes,
  };
}

/** The same with everything that was recorded. */
export function buildTrace(changes: Partial<RequestTrace> = {}): RequestTrace {
  const { statements: _statements, ...summary } = buildSummary();
  return {
    ...summary,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    requestHeaders: { host: summary.host, accept: '*/*' },
    responseHeaders: { 'content-type': 'text/html; charset=utf-8' },
    route: '/storefront',
    cleanPath: '/storefront',
    hint: null,
    refusal: null,
    ladder: [],
    spans: [{ name: 'host-guard', startMs: 0, durationMs: 2, parent: null }],
    sql: [],
    error: null,
    actor: null,
    scheme: 'http',
    httpVersion: '1.1',
    cookies: [],
    requestBody: null,
    responseBody: null,
    logs: [],
    insights: [],
    resentFrom: null,
    ...changes,
  };
}
