import { describe, expect, it } from 'vitest';
import { RequestRecorder } from './request-recorder.ts';
import type { RequestTrace } from './trace.ts';

function trace(recorder: RequestRecorder, path: string, more: Partial<RequestTrace> = {}): RequestTrace {
  const sequence = recorder.nextSequence();
  return {
    sequence,
    requestId: `r${sequence}`,
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
    ...more,
  };
}

describe('RequestRecorder', () => {
  it('keeps the latest requests within their number', () => {
    const recorder = new RequestRecorder({ maxRequests: 2, maxBytes: 1e9 });
    for (const path of ['/1', '/2', '/3']) recorder.add(trace(recorder, path));

    expect(recorder.list().map((one) => one.path)).toEqual(['/3', '/2']);
    expect(recorder.get('r1')).toBeNull();
  });

  it('keeps them within their size, whatever one of them holds', () => {
    const recorder = new RequestRecorder({ maxRequests: 1000, maxBytes: 50_000 });
    const large = Array.from({ length: 20 }, () => ({
      sql: 'x'.repeat(1000),
      parameters: null,
      startMs: 0,
      durationMs: 0,
      rows: 0,
      error: null,
      span: null,
    }));
    for (let index = 0; index < 20; index += 1) recorder.add(trace(recorder, '/', { sql: large }));

    expect(recorder.stats().bytes).toBeLessThanOrEqual(50_000);
    expect(recorder.stats().requests).toBeGreaterThan(0);
  });

  it('keeps counting right when a client sends the same id again and again', () => {
    const recorder = new RequestRecorder({ maxRequests: 1000, maxBytes: 50_000 });
    for (let index = 0; index < 500; index += 1) recorder.add(trace(recorder, `/${index}`, { requestId: 'same' }));

    expect(recorder.stats().requests).toBeGreaterThan(10);
    expect(recorder.list({}, 2).map((one) => one.path)).toEqual(['/499', '/498']);
    expect(recorder.get('same')?.path).toBe('/499');
  });

  it('records nothing when it is off', () => {
    const recorder = new RequestRecorder({ maxRequests: 0, maxBytes: 1 });
    recorder.add(trace(recorder, '/'));
    expect(recorder.list()).toEqual([]);
  });

  it('pages backwards and tells what came after', () => {
    const recorder = new RequestRecorder({ maxRequests: 10, maxBytes: 1e9 });
    for (const path of ['/1', '/2', '/3', '/4']) recorder.add(trace(recorder, path));

    expect(recorder.list({}, 2).map((one) => one.path)).toEqual(['/4', '/3']);
    expect(recorder.list({}, 2, 3).map((one) => one.path)).toEqual(['/2', '/1']);
    expect(recorder.since(2).map((one) => one.path)).toEqual(['/3', '/4']);
  });

  it('tells listeners until they leave', () => {
    const recorder = new RequestRecorder({ maxRequests: 10, maxBytes: 1e9 });
    const seen: string[] = [];
    const leave = recorder.subscribe((one) => seen.push(one.path));
    recorder.add(trace(recorder, '/1'));
    leave();
    recorder.add(trace(recorder, '/2'));

    expect(seen).toEqual(['/1']);
  });
});
