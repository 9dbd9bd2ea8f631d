import { expect, it } from 'vitest';
import { sumSeries } from './server-state.tsx';
import { stepOfPlace } from './use-checklist.ts';

it('adds up the lines of all stores slot by slot', () => {
  expect(
    sumSeries([
      [1, 2, 3],
      [0, 1, 0],
    ]),
  ).toEqual([1, 3, 3]);
  expect(sumSeries([])).toEqual([]);
});

it.each([
  ['/preview', '', 'preview'],
  ['/requests', '', null],
  ['/requests/abc', '', 'request'],
  ['/routing', '', null],
  ['/routing', '?url=x', 'what-if'],
])('being at %s%s takes the step %s', (pathname, search, step) => expect(stepOfPlace(pathname, search)).toBe(step));
