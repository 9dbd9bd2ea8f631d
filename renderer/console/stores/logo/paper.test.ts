import { describe, expect, it } from 'vitest';
import { paperFor } from './paper.ts';

const CLEAR = [0, 0, 0, 0];
const WHITE = [255, 255, 255, 255];
const INK = [22, 24, 29, 255];
const BLUE = [37, 99, 235, 255];

describe('paperFor', () => {
  it('puts light logos on dark paper and dark ones on light paper', () => {
    expect(paperFor([...CLEAR, ...WHITE, ...WHITE, ...BLUE])).toBe('dark');
    expect(paperFor([...CLEAR, ...INK, ...INK, ...BLUE])).toBe('light');
  });

  it('does not count what is not seen', () => {
    expect(paperFor([...INK, 255, 255, 255, 10, 255, 255, 255, 10])).toBe('light');
    expect(paperFor(CLEAR)).toBe('light');
  });
});
