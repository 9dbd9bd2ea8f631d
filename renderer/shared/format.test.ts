import { describe, expect, it } from 'vitest';
import { count, formatAgo, formatBytes, formatMs, formatNumber, formatUptime } from './format.ts';

describe('numbers as the console writes them', () => {
  it.each([
    [null, '–'],
    [0.42, '0.4 ms'],
    [12.4, '12 ms'],
    [1340, '1.3 s'],
  ])('%s milliseconds are %s', (value, text) => expect(formatMs(value)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [4200, '4.2 kB'],
    [128_000_000, '128 MB'],
  ])('%s bytes are %s', (value, text) => expect(formatBytes(value)).toBe(text));

  it.each([
    [42, '42 s'],
    [3720, '1 h 2 min'],
    [180_000, '2 d 2 h'],
  ])('%s seconds up are %s', (value, text) => expect(formatUptime(value)).toBe(text));

  it('group digits from 10 000 on, and count one as one', () => {
    expect(formatNumber(9999)).toBe('9999');
    expect(formatNumber(100_000)).toBe('100\u2009000');
    expect([count(1, 'store'), count(2, 'store'), count(0, 'entry', 'entries')]).toEqual([
      '1 store',
      '2 stores',
      '0 entries',
    ]);
  });

  it('say how long ago, and never the future when clocks differ', () => {
    const now = Date.UTC(2026, 10, 21, 12);
    expect(formatAgo(now + 5000, now)).toBe('just now');
    expect(formatAgo(now - 30_000, now)).toBe('30 s ago');
    expect(formatAgo(now - 2 * 3_600_000, now)).toBe('2 h ago');
    expect(formatAgo(now - 3 * 86_400_000, now)).toBe('18 Nov 2026');
  });
});
