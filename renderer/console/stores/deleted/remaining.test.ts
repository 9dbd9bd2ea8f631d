import { describe, expect, it } from 'vitest';
import { formatRemaining } from './remaining.ts';

describe('formatRemaining', () => {
  it.each([
    [6.5 * 86_400_000, 'for 6 days'],
    [25 * 3_600_000, 'for 25 hours'],
    [119 * 60_000, 'for 119 minutes'],
    [30_000, 'for a minute'],
    [-1, 'until it is tidied up'],
  ])('never says more time than there is: %i ms', (milliseconds, text) => {
    expect(formatRemaining(milliseconds)).toBe(text);
  });
});
