import type { RequestTrace } from '../../server/contract/requests.ts';
import { RequestRecorder } from '../../server/observability/request-recorder.ts';

const ROLES = ['anonymous', 'anonymous', 'anonymous', 'store_owner', 'console'] as const;

/** A recorded request, the same for every number; neighbours differ in store, role, status and what was noticed. */
export function madeUpTrace(number: number): RequestTrace {
  const store = number % 100;
  return {
    sequence: 0,
    requestId: `made-up-request-${number}`,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    startedAt: number * 10,
    method: number % 20 === 0 ? 'POST' : 'GET',
    host: `store-${store}.localhost:8000`,
    path: number % 3 === 0 ? '/search?q=mug' : `/products/stoneware-no-${number % 1000}`,
    requestHeaders: { host: `store-${store}.localhost:8000`, accept: 'text/html' },
    responseHeaders: { 'content-type': 'text/html' },
    status: number % 50 === 0 ? 404 : 200,
    durationMs: number % 40,
    route: '/products',
    outcome: 'store',
    mode: 'subdomain',
    area: 'storefront',
    cleanPath: '/products',
    hint: null,
    refusal: null,
    store: { id: store + 1, code: `store-${store}`, name: `Store ${store}`, color: '#000000' },
    ladder: [],
    spans: [],
    sql: [],
    error: null,
    role: ROLES[number % ROLES.length] ?? null,
    actor: null,
    flags: number % 100 === 0 ? ['slow'] : [],
    origin: null,
    scheme: 'http',
    httpVersion: '1.1',
    cookies: [],
    requestBody: null,
    responseBody: null,
    logs: [],
    insights: [],
    resentFrom: null,
  };
}

/** A recorder that has so many made-up requests. */
export function recorderOf(count: number): RequestRecorder {
  const recorder = new RequestRecorder({ maxRequests: count, maxBytes: 64 * 1024 * 1024 });
  for (let index = 0; index < count; index += 1) recorder.add(madeUpTrace(index));
  return recorder;
}
