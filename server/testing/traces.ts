import fc from 'fast-check';
import { AREAS, type CapturedBody, FLAGS, type RequestTrace, ROUTING_MODES, RULES } from '../contract/requests.ts';
import { describeCookies, maskHeaders, maskUrl } from '../observability/mask.ts';
import type { RequestTrace as OpenTrace } from '../observability/trace.ts';

/** A recorded request of which a test says what matters. */
export function traceWith(more: Partial<RequestTrace> = {}): OpenTrace {
  return {
    sequence: 0,
    requestId: 'request-1',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    startedAt: 1_763_700_000_000,
    method: 'GET',
    host: 'techstore.localhost:8000',
    path: '/products',
    requestHeaders: { host: 'techstore.localhost:8000', accept: 'text/html' },
    status: 200,
    durationMs: 12.5,
    route: '/storefront/products',
    outcome: 'store',
    mode: 'subdomain',
    area: 'storefront',
    cleanPath: '/storefront/products',
    hint: null,
    refusal: null,
    store: { id: 1, code: 'techstore', name: 'TechStore', color: '#1d4ed8' },
    ladder: [],
    spans: [],
    sql: [],
    responseHeaders: { 'content-type': 'text/html; charset=utf-8' },
    error: null,
    role: 'anonymous',
    actor: null,
    flags: [],
    origin: null,
    scheme: 'http',
    httpVersion: '1.1',
    cookies: [],
    requestBody: null,
    responseBody: null,
    logs: [],
    insights: [],
    resentFrom: null,
    ...more,
  };
}

/** A body of text that was kept whole. */
export function textBody(text: string, contentType = 'text/html; charset=utf-8'): CapturedBody {
  const bytes = Buffer.byteLength(text);
  return { contentType, bytes, keptBytes: bytes, text, base64: null, note: null };
}

const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const ms = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => Math.abs(value));
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const headerName = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const headers = fc.dictionary(headerName, text, { maxKeys: 5, noNullPrototype: true }).map(maskHeaders);
const body: fc.Arbitrary<CapturedBody | null> = nullable(
  fc.record({
    contentType: nullable(fc.constantFrom('text/html', 'application/json', 'image/png')),
    bytes: fc.nat(1_000_000),
    keptBytes: fc.nat(1000),
    kept: fc.oneof(
      text.map((value) => ({ text: value, base64: null })),
      fc.uint8Array({ maxLength: 20 }).map((value) => ({ text: null, base64: Buffer.from(value).toString('base64') })),
      fc.constant({ text: null, base64: null }),
    ),
    note: nullable(text),
  }),
).map((value) => {
  if (!value) return null;
  const { kept, ...rest } = value;
  return { ...rest, ...kept };
});

/** Any request that could have been recorded: secrets are masked, places in the list are not given. */
export const anyTrace: fc.Arbitrary<OpenTrace> = fc
  .record({
    requestId: fc.uuid(),
    startedAt: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH'),
    host: fc.constantFrom('techstore.localhost:8000', 'admin.localhost', 'shop.example', ''),
    path: fc.webPath().map((path) => maskUrl(`${path.startsWith('/') ? '' : '/'}${path}?token=abc&q=1`)),
    status: nullable(fc.integer({ min: 100, max: 599 })),
    durationMs: nullable(ms),
    scheme: fc.constantFrom('http' as const, 'https' as const),
    httpVersion: fc.constantFrom('1.0', '1.1', '2.0'),
    mode: nullable(fc.constantFrom(...ROUTING_MODES)),
    area: nullable(fc.constantFrom(...AREAS)),
    outcome: nullable(fc.constantFrom('admin' as const, 'store' as const, 'landing' as const, 'refused' as const)),
    flags: fc.uniqueArray(fc.constantFrom(...FLAGS)),
    requestHeaders: headers,
    responseHeaders: headers,
    requestBody: body,
    responseBody: body,
    hint: nullable(text),
    role: nullable(fc.constantFrom('anonymous', 'console', 'store_owner')),
    cookies: fc
      .array(
        fc.tuple(headerName, fc.constantFrom('x; Path=/; HttpOnly', 'y', 'z; Expires=Wed, 21 Oct 2026 07:28:00 GMT')),
        {
          maxLength: 3,
        },
      )
      .map((pairs) =>
        describeCookies(
          'theme=dark',
          pairs.map(([name, value]) => `${name}=${value}`),
        ),
      ),
    ladder: fc.array(
      fc.record({
        rule: fc.constantFrom(...RULES),
        result: fc.constantFrom('matched' as const, 'no_match' as const),
        input: text,
        query: nullable(text),
        cached: nullable(fc.boolean()),
        reason: text,
        durationMs: ms,
      }),
      { maxLength: 2 },
    ),
    spans: fc.array(fc.record({ name: text, startMs: ms, durationMs: nullable(ms), parent: fc.constant(null) }), {
      maxLength: 2,
    }),
    sql: fc.array(
      fc.record({
        sql: text,
        parameters: nullable(text),
        startMs: ms,
        durationMs: ms,
        rows: fc.nat(100),
        error: nullable(text),
        span: fc.constant(null),
      }),
      { maxLength: 2 },
    ),
    resentFrom: nullable(fc.uuid()),
  })
  .map(traceWith);
