import { describe, expect, it } from 'vitest';
import { LogRing } from './log-ring.ts';

describe('LogRing', () => {
  it('puts lines together that arrive in pieces, and tells which are complete', () => {
    const ring = new LogRing(10);

    expect(ring.add('fir')).toEqual([]);
    expect(ring.add('st\nsecond\r\nthi')).toEqual(['first', 'second']);
    expect(ring.last(10)).toEqual(['first', 'second']);
    ring.end();
    expect(ring.last(10)).toEqual(['first', 'second', 'thi']);
  });

  it('keeps the newest lines, without empty ones', () => {
    const ring = new LogRing(3);
    ring.add('1\n2\n\n3\n  \n4\n5\n');

    expect(ring.last(10)).toEqual(['3', '4', '5']);
    expect(ring.last(2)).toEqual(['4', '5']);
  });

  it('does not join the last words of one process with the first of the next', () => {
    const ring = new LogRing(3);
    ring.add('last words');
    ring.end();
    ring.add('hello\n');

    expect(ring.last(3)).toEqual(['last words', 'hello']);
  });
});
