import { describe, expect, it } from 'vitest';
import { BackOff } from './back-off.ts';

describe('BackOff', () => {
  it('tries at once first, then more and more slowly, then not any more', () => {
    const backOff = new BackOff();

    expect(Array.from({ length: 6 }, () => backOff.next(0))).toEqual([0, 250, 500, 1000, 2000, null]);
  });

  it('begins anew after a run that was well', () => {
    const backOff = new BackOff();
    for (let end = 0; end < 4; end += 1) backOff.next(9_999);

    expect(backOff.next(10_000)).toBe(0);
    expect(backOff.next(0)).toBe(250);
  });
});
