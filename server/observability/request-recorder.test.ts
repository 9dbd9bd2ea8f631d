import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AREAS, matchesFilter, type RequestFilter, ROUTING_MODES } from '../contract/requests.ts';
import type { RecordedParts } from './recorded-parts.ts';
import { RequestRecorder } from './request-recorder.ts';
import type { RequestTrace } from './trace.ts';

function trace(path: string, more: Partial<RequestTrace> = {}): RequestTrace {
  return {
    sequence: 0,
    requestId: `id of ${path}`,
    traceId: '',
    startedAt: 0,
    method: 'GET',
    host: 'localhost',
    path,
    requestHeaders: {},
    status: 200,
    durationMs: 1,
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

const statement = (length: number) => ({
  sql: 'x'.repeat(length),
  parameters: null,
  startMs: 0,
  durationMs: 0,
  rows: 0,
  error: null,
  span: null,
});

function recorderWith(paths: readonly string[], limits: { maxRequests?: number; maxBytes?: number } = {}) {
  const recorder = new RequestRecorder({ maxRequests: 10, maxBytes: 1e9, ...limits });
  for (const path of paths) recorder.add(trace(path));
  return recorder;
}

function paths(recorder: RequestRecorder, page: Partial<Parameters<RequestRecorder['list']>[0]> = {}): string[] {
  return recorder.list({ limit: 100, offset: 0, ...page }).requests.map((one) => one.path);
}

describe('RequestRecorder', () => {
  it('keeps the latest requests within their number, the newest first', () => {
    const recorder = recorderWith(['/1', '/2', '/3'], { maxRequests: 2 });

    expect(paths(recorder)).toEqual(['/3', '/2']);
    expect(recorder.get('id of /1')).toBeNull();
    expect(recorder.get('id of /2')).toMatchObject({ path: '/2', sequence: 2 });
    expect(recorder.list({ limit: 1, offset: 0 })).toMatchObject({ total: 2, newest: 3 });
  });

  it('drops the details of the oldest to stay within its size, and keeps listing them', () => {
    const recorder = new RequestRecorder({ maxRequests: 1000, maxBytes: 50_000 });
    for (let index = 0; index < 20; index += 1)
      recorder.add(trace(`/${index}`, { sql: Array.from({ length: 20 }, () => statement(1000)) }));

    expect(recorder.stats().bytes).toBeLessThanOrEqual(50_000);
    expect(recorder.stats().requests).toBe(20);
    expect(paths(recorder)).toHaveLength(20);
    expect(recorder.get('id of /19')).toMatchObject({ path: '/19' });
    expect(recorder.get('id of /0')).toBe('dropped');
    expect(recorder.get('never there')).toBeNull();
  });

  it('keeps long hosts and paths by their beginning in lists, and whole in the details', () => {
    const recorder = new RequestRecorder({ maxRequests: 10, maxBytes: 1e6 });
    const long = trace(`/${'p'.repeat(15_000)}`, { requestId: 'long', host: 'h'.repeat(15_000) });
    recorder.add(long);

    const [listed] = recorder.list({ limit: 1, offset: 0 }).requests;
    expect([listed?.path, listed?.host]).toEqual([`/${'p'.repeat(299)}…`, `${'h'.repeat(260)}…`]);
    expect(recorder.get('long')).toMatchObject({ path: long.path, host: long.host });
  });

  it('counts headers that are masked by what is kept of them', () => {
    const recorder = new RequestRecorder({ maxRequests: 1000, maxBytes: 1e6 });
    const parts = {
      original: { url: '/', headers: { cookie: 'c'.repeat(14_000) } },
      answerHeaders: {},
      bodies: null,
      lines: [],
    };
    for (let index = 0; index < 100; index += 1) recorder.add(trace(`/${index}`), parts);

    expect(recorder.get('id of /99')).toMatchObject({ path: '/99' });
    // 70 of them would be a million bytes of cookies alone.
    expect(recorder.get('id of /30')).toBe('dropped');
  });

  it('does not keep the details of one that is too large by itself', () => {
    const recorder = recorderWith(['/small'], { maxBytes: 10_000 });
    recorder.add(trace('/large', { sql: [statement(20_000)] }));

    expect(recorder.get('id of /large')).toBe('dropped');
    expect(recorder.stats()).toMatchObject({ bytes: 0, requests: 2 });
    recorder.add(trace('/next'));
    expect(recorder.get('id of /next')).toMatchObject({ path: '/next' });
  });

  it('keeps counting right when a client sends the same id again and again', () => {
    const recorder = new RequestRecorder({ maxRequests: 1000, maxBytes: 50_000 });
    for (let index = 0; index < 500; index += 1) recorder.add(trace(`/${index}`, { requestId: 'same' }));

    expect(paths(recorder, { limit: 2 })).toEqual(['/499', '/498']);
    expect(recorder.get('same')).toMatchObject({ path: '/499' });
  });

  it('records nothing when it is off', () => {
    const recorder = recorderWith(['/'], { maxRequests: 0 });

    expect(paths(recorder)).toEqual([]);
    expect(recorder.get('id of /')).toBeNull();
    expect(recorder.list({ limit: 1, offset: 0 })).toMatchObject({ total: 0, newest: 0 });
    expect(recorder.clear()).toBe(0);
  });

  it('keeps the pages of a list in place while new requests arrive', () => {
    const recorder = recorderWith(['/1', '/2', '/3', '/4']);
    const first = recorder.list({ limit: 2, offset: 0 });
    recorder.add(trace('/5'));

    expect(first.requests.map((one) => one.path)).toEqual(['/4', '/3']);
    expect(paths(recorder, { limit: 2, offset: 2, upTo: first.newest })).toEqual(['/2', '/1']);
    expect(recorder.list({ limit: 2, offset: 2, upTo: first.newest })).toMatchObject({ total: 4, newest: 5 });
    expect(paths(recorder, { limit: 2, before: 3 })).toEqual(['/2', '/1']);
    expect(paths(recorder, { offset: 99 })).toEqual([]);
    expect(paths(recorder, { upTo: 99 })).toHaveLength(5);
    expect(recorder.between(2, 3)?.map((one) => one.path)).toEqual(['/2', '/3']);
    expect(recorder.between(0, 3)).toBeNull();
    expect(recorder.between(5, 6)).toBeNull();
  });

  it('forgets everything at once, and counts on', () => {
    const recorder = recorderWith(['/1', '/2', '/3'], { maxRequests: 2 });

    expect(recorder.clear()).toBe(2);
    expect(paths(recorder)).toEqual([]);
    expect(recorder.get('id of /3')).toBeNull();
    expect(recorder.stats()).toMatchObject({ requests: 0, bytes: 0 });
    for (const path of ['/4', '/5', '/6']) recorder.add(trace(path));
    expect(recorder.list({ limit: 9, offset: 0 })).toMatchObject({ total: 2, newest: 6 });
    expect(paths(recorder)).toEqual(['/6', '/5']);
    expect(recorder.get('id of /6')).toMatchObject({ sequence: 6 });
  });

  it('tells listeners until they leave', () => {
    const recorder = recorderWith([]);
    const seen: number[] = [];
    const leave = recorder.subscribe(() => {
      seen.push(recorder.newest);
    });
    recorder.add(trace('/1'));
    leave();
    recorder.add(trace('/2'));

    expect(seen).toEqual([1]);
  });
});

const store = (code: string) => ({ id: code.length, code, name: code, color: '#000000' });
const request = fc.record({
  path: fc.constantFrom(
    '/',
    '/products/Blue-Jeans?page=2',
    '/assets/meridian/0/base.css',
    '/media/a.webp',
    '/api/stores',
  ),
  host: fc.constantFrom('localhost:8000', 'techstore.localhost', 'admin.localhost'),
  method: fc.constantFrom('GET', 'POST'),
  status: fc.constantFrom(200, 301, 404, 499, 500, null),
  mode: fc.constantFrom(...ROUTING_MODES, null),
  area: fc.constantFrom(...AREAS, null),
  outcome: fc.constantFrom('admin' as const, 'store' as const, 'landing' as const, 'refused' as const, null),
  store: fc.constantFrom(store('techstore'), store('fashion'), null),
});
const filter: fc.Arbitrary<RequestFilter> = fc.record(
  {
    store: fc.constantFrom('techstore', '-', undefined),
    text: fc.constantFrom('JEANS', 'get localhost', 'nowhere', undefined),
    mode: fc.constantFrom(...ROUTING_MODES, undefined),
    area: fc.constantFrom(...AREAS, undefined),
    status: fc.constantFrom('404', '4xx', '5xx', undefined),
    method: fc.constantFrom('get', 'POST', undefined),
    assets: fc.constantFrom('hide' as const, 'only' as const, undefined),
    console: fc.constantFrom('hide' as const, 'only' as const, undefined),
  },
  { requiredKeys: [] },
);

describe('a list', () => {
  it('has exactly the kept requests that the contract says match, page by page', () => {
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 30 }),
        filter,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat({ max: 40 }),
        (requests, wanted, limit, maxRequests, upTo) => {
          const recorder = new RequestRecorder({ maxRequests, maxBytes: 1e9 });
          for (const one of requests) recorder.add(trace(one.path, one));
          const expected = requests
            .map((one, index) => ({ ...one, sequence: index + 1 }))
            .slice(-maxRequests)
            .filter((one) => one.sequence <= upTo && matchesFilter(trace(one.path, one), wanted))
            .reverse();

          const found: number[] = [];
          for (let offset = 0; offset === 0 || offset < expected.length; offset += limit) {
            const page = recorder.list({ ...wanted, limit, offset, upTo });
            expect(page.total).toBe(expected.length);
            found.push(...page.requests.map((one) => one.sequence));
          }

          expect(found).toEqual(expected.map((one) => one.sequence));
        },
      ),
    );
  });
});

describe('bodies', () => {
  const partsWith = (text: string): RecordedParts => ({
    original: { url: '/', headers: { 'content-type': 'text/plain' } },
    answerHeaders: {},
    bodies: {
      request: { bytes: text.length, kept: [Buffer.from(text)], keptBytes: text.length, place: null, isCut: false },
      response: null,
    },
    lines: [],
  });

  it('are read when somebody asks, and can be sent again', () => {
    const recorder = new RequestRecorder({ maxRequests: 10, maxBytes: 1e6 });
    recorder.add(trace('/1'), partsWith('question'));

    expect(recorder.get('id of /1')).toMatchObject({ requestBody: { text: 'question', bytes: 8, note: null } });
    expect(recorder.original('id of /1')).toMatchObject({ url: '/', body: Buffer.from('question') });
    expect(recorder.original('id of /2')).toBeNull();
  });

  it('have half of the memory: a large one pushes out other bodies, and no details', () => {
    const recorder = new RequestRecorder({ maxRequests: 1000, maxBytes: 4_000_000 });
    for (let index = 0; index < 500; index += 1) recorder.add(trace(`/${index}`), partsWith('x'.repeat(500)));
    const before = recorder.stats().bytes;
    recorder.add(trace('/larger'), partsWith('y'.repeat(1_700_000)));
    recorder.add(trace('/large'), partsWith('y'.repeat(200_000)));

    expect(recorder.get('id of /0')).toMatchObject({ requestBody: { text: null, bytes: 500, keptBytes: 0 } });
    expect(JSON.stringify(recorder.get('id of /0'))).toContain('Not here any more');
    expect(recorder.original('id of /0')).toMatchObject({ body: null });
    expect(recorder.get('id of /499')).toMatchObject({ requestBody: { text: 'x'.repeat(500) } });
    expect(recorder.get('id of /large')).toMatchObject({ requestBody: { bytes: 200_000, note: null } });
    expect(recorder.stats().bytes).toBeLessThan(before + 1_900_000);
    for (let index = 0; index < 20; index += 1) recorder.add(trace(`/l${index}`), partsWith('z'.repeat(900_000)));
    expect(recorder.get('id of /100')).toMatchObject({ path: '/100' });
    expect(recorder.stats().bytes).toBeLessThan(4_000_000);
  });

  it('that a trace brought along count as its details', () => {
    const recorder = new RequestRecorder({ maxRequests: 1000, maxBytes: 150_000 });
    const responseBody = {
      ...{ contentType: null, bytes: 20_000, keptBytes: 20_000, base64: null, note: null },
      text: 'x'.repeat(20_000),
    };
    for (let index = 0; index < 5; index += 1) recorder.add(trace(`/${index}`, { responseBody, origin: 'imported' }));

    expect(recorder.get('id of /0')).toBe('dropped');
    expect(recorder.get('id of /4')).toMatchObject({ responseBody, origin: 'imported' });
  });
});

describe('requests of an earlier run', () => {
  it('are listed, go on with their sequences, and are read from where they are kept', () => {
    const earlier = recorderWith(['/1', '/2', '/3']);
    const restored = [...earlier.list({ limit: 10, offset: 0 }).requests].reverse();
    const recorder = new RequestRecorder({ maxRequests: 4, maxBytes: 1e9, restored });
    recorder.archive = { detail: (sequence) => trace(`/kept ${sequence}`), clear: () => undefined };
    recorder.add(trace('/4'));
    recorder.add(trace('/5'));

    expect(paths(recorder)).toEqual(['/5', '/4', '/3', '/2']);
    expect(recorder.newest).toBe(5);
    expect(recorder.get('id of /3')).toMatchObject({ path: '/kept 3' });
    expect(recorder.get('id of /5')).toMatchObject({ path: '/5', sequence: 5 });
    expect(recorder.get('id of /1')).toBeNull();
    expect(recorder.between(2, 5)?.map(({ path }) => path)).toEqual(['/2', '/3', '/4', '/5']);
    expect(recorder.clear()).toBe(4);
    expect(paths(recorder)).toEqual([]);
  });
});
