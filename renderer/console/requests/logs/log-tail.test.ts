import { expect, it } from 'vitest';
import type { LogLine } from '../../../../server/contract/requests.ts';
import { isConsoleLine } from '../../../../server/contract/requests.ts';
import { appended, MOST_LINES } from './log-tail.ts';

const line = (sequence: number, message = 'GET /'): LogLine => ({
  sequence,
  at: 0,
  level: 'info',
  store: null,
  requestId: null,
  message,
  fields: {},
});

it('adds what is new, once, and gives the same list when nothing is', () => {
  const lines = appended([], [line(1), line(2)]);

  expect(appended(lines, [line(2), line(3)]).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(appended(lines, [line(2)])).toBe(lines);
});

it('leaves out the lines that its own questions write', () => {
  expect(appended([], [line(1, 'GET admin.localhost/api/logs?after=3 200 1 ms')])).toEqual([]);
});

it('keeps the newest lines and lets the oldest go', () => {
  const many = Array.from({ length: MOST_LINES + 5 }, (_, index) => line(index));
  expect(appended([], many).map(({ sequence }) => sequence)[0]).toBe(5);
});

it('knows lines about the console’s own requests', () => {
  const about = (fields: LogLine['fields']) => isConsoleLine({ ...line(1), fields });

  expect(about({ event: 'request', area: 'api', host: 'admin.localhost:8000' })).toBe(true);
  expect(about({ event: 'request', area: 'storefront', host: 'fashion.localhost:8000' })).toBe(false);
  expect(about({ area: 'admin' })).toBe(false);
});
