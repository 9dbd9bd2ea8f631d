import { expect, it } from 'vitest';
import type { RequestSummary } from '../contract/requests.ts';
import type { RequestTrace } from './trace.ts';
import { Traffic } from './traffic.ts';

const request = (storeId: number | null, status = 200, outcome: RequestTrace['outcome'] = 'store') =>
  ({
    store: storeId === null ? null : { id: storeId, code: 'x', name: 'X', color: '#000000' },
    status,
    outcome,
  }) as RequestTrace;
const summary = (requestId: string) =>
  ({ requestId, startedAt: 1, method: 'GET', path: '/', status: 500 }) as RequestSummary;

it('counts requests in slots of five seconds, and forgets them after two minutes', () => {
  let now = 1_000_000_000;
  const traffic = new Traffic(() => now);
  const seen = () => traffic.list(() => true)[0];
  traffic.count(request(1), null);
  traffic.count(request(1), null);
  now += 5000;
  traffic.count(request(1, 503), summary('broken'));

  expect(seen()).toMatchObject({ storeId: 1, requestsPerMinute: 3, errorsPerMinute: 1, lastRequestAt: now });
  expect(seen()?.series).toHaveLength(24);
  expect(seen()?.series.slice(-3)).toEqual([0, 2, 1]);
  expect(seen()?.lastError).toMatchObject({ requestId: 'broken' });
  now += 55_000;
  expect(seen()).toMatchObject({ requestsPerMinute: 1, errorsPerMinute: 1 });
  now += 5000;
  expect(seen()).toMatchObject({ requestsPerMinute: 0, errorsPerMinute: 0 });
  expect(seen()?.series.reduce((total, count) => total + count)).toBe(3);
  now += 3_600_000;
  expect(seen()?.series.every((count) => count === 0)).toBe(true);
});

it('lists the busiest first, what reached no store by itself, and neither the console nor health checks', () => {
  const traffic = new Traffic(() => 1_000_000);
  traffic.count(request(1), null);
  traffic.count(request(2), null);
  traffic.count(request(2), null);
  traffic.count(request(null, 404, 'refused'), null);
  traffic.count(request(null, 200, 'admin'), null);
  traffic.count(request(null, 200, null), null);

  const listed = traffic.list(() => true).map(({ storeId, requestsPerMinute }) => [storeId, requestsPerMinute]);
  expect(listed[0]).toEqual([2, 2]);
  expect(listed).toContainEqual([null, 1]);
  expect(listed).toHaveLength(3);
});

it('names no error that the list of requests does not have any more', () => {
  const traffic = new Traffic(() => 1_000_000);
  traffic.count(request(1, 500), summary('gone'));

  expect(traffic.list(() => false)[0]?.lastError).toBeNull();
});

it('goes on when the clock is set back', () => {
  let now = 1_000_000_000;
  const traffic = new Traffic(() => now);
  traffic.count(request(1), null);
  now -= 3_600_000;
  traffic.count(request(1), null);

  expect(traffic.list(() => true)[0]?.series.reduce((total, count) => total + count)).toBe(2);
});

it('keeps a bounded number of stores', () => {
  const traffic = new Traffic(() => 1_000_000);
  for (let id = 1; id <= 5000; id += 1) traffic.count(request(id), null);

  expect(traffic.list(() => true).length).toBeLessThanOrEqual(2000);
});
