import { describe, expect, it } from 'vitest';
import { buildSummary } from './build-request.ts';
import { PAGE_SIZE, pagesOf, rowAt, rowOf } from './list-window.ts';

describe('pagesOf', () => {
  it.each([
    ['the first rows', [0, 20, 0, 1000], [0]],
    ['rows across two pages', [190, 210, 0, 1000], [0, 1]],
    ['rows that live ones pushed down', [205, 215, 10, 1000], [0, 1]],
    ['live rows alone', [0, 5, 10, 1000], []],
    ['the last page', [990, 1100, 0, 1000], [4]],
    ['an empty list', [0, 20, 0, 0], []],
  ] as const)('names the pages of %s', (_what, [first, last, live, total], pages) => {
    expect(pagesOf(first, last, live, total)).toEqual(pages);
  });
});

describe('rows', () => {
  const page = (from: number) => Array.from({ length: PAGE_SIZE }, (_, at) => buildSummary({ sequence: from - at }));
  const rows = {
    live: [buildSummary({ sequence: 1001 })],
    pages: new Map([
      [0, page(1000)],
      [2, page(600)],
    ]),
  };

  it('come from the live ones, then from the pages', () => {
    expect([0, 1, 200, 401].map((index) => rowAt(rows, index)?.sequence)).toEqual([1001, 1000, 801, 600]);
    expect(rowAt(rows, 201)).toBeUndefined();
  });

  it('are found by their request', () => {
    expect(rowOf(rows, 'request-1001')).toBe(0);
    expect(rowOf(rows, 'request-599')).toBe(402);
    expect(rowOf(rows, 'request-800')).toBe(-1);
  });
});
