import { describe, expect, it } from 'vitest';
import { lastOffset, rangeOf, readView, sortBy, writeView } from './table-view.ts';

const usual = { offset: 0, limit: 50, sort: null, isDescending: false };

describe('the view of a table', () => {
  it('comes back from its own address', () => {
    const view = { offset: 150, limit: 100, sort: 'title', isDescending: true };

    expect(readView(new URLSearchParams(writeView(view)))).toEqual(view);
    expect(writeView(usual)).toEqual({});
  });

  it.each(['offset=-5', 'offset=x&limit=7', 'offset=1.5', 'sort=', 'direction=sideways', 'limit=1000000'])(
    'is the usual one where the address makes no sense: %s',
    (text) => expect(readView(new URLSearchParams(text))).toEqual(usual),
  );

  it('is sorted up, down, and then as the table is; each begins at the first row', () => {
    const up = sortBy({ ...usual, offset: 100 }, 'title');
    expect(up).toEqual({ ...usual, sort: 'title' });
    const down = sortBy(up, 'title');
    expect(down).toEqual({ ...usual, sort: 'title', isDescending: true });
    expect(sortBy(down, 'title')).toEqual(usual);
    expect(sortBy(down, 'price')).toEqual({ ...usual, sort: 'price' });
  });
});

it.each([
  [0, 50, 120, '1–50 of 120'],
  [100, 20, 120, '101–120 of 120'],
  [0, 0, 0, '0 of 0'],
])('writes which rows are shown', (offset, shown, total, text) => expect(rangeOf(offset, shown, total)).toBe(text));

it.each([
  [120, 50, 100],
  [100, 50, 50],
  [1, 50, 0],
  [0, 50, 0],
])('finds the last page of %i rows in pages of %i', (total, limit, offset) =>
  expect(lastOffset(total, limit)).toBe(offset),
);
