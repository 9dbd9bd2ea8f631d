import { describe, expect, it } from 'vitest';
import { isPlainLine, readableLine } from './readable-line.ts';

describe('readableLine', () => {
  it.each([
    ['{"level":30,"time":"2026-11-21T07:10:58.000Z","msg":"GET / 200"}', '07:10:58 info  GET / 200'],
    [
      '{"level":50,"time":"2026-11-21T07:10:58.000Z","msg":"failed","err":{"message":"disk full"}}',
      '07:10:58 error failed: disk full',
    ],
    [
      '{"level":50,"time":"2026-11-21T07:10:58.000Z","msg":"disk full","err":{"message":"disk full"}}',
      '07:10:58 error disk full',
    ],
    ['{"level":99,"msg":7}', '--:--:-- log   '],
    ['Loading the demo store techstore', 'Loading the demo store techstore'],
    ['{ not JSON', '{ not JSON'],
  ])('turns %s into %s', (line, expected) => {
    expect(readableLine(line)).toBe(expected);
  });
});

describe('isPlainLine', () => {
  it('tells what was written for people from the log', () => {
    expect(isPlainLine('Loading the demo store techstore')).toBe(true);
    expect(isPlainLine('{"level":30,"msg":"GET /"}')).toBe(false);
    expect(isPlainLine('  ')).toBe(false);
  });
});
