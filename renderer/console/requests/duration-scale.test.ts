import { expect, it } from 'vitest';
import { durationShare } from './duration-scale.ts';

it('grows with the logarithm and stays within its track', () => {
  expect(durationShare(0)).toBe(0.04);
  expect(durationShare(50)).toBeCloseTo(0.5);
  expect(durationShare(500) - durationShare(50)).toBeCloseTo(durationShare(50) - durationShare(5));
  expect(durationShare(60_000)).toBe(1);
});
