import { describe, expect, it } from 'vitest';
import { displayText } from './browse-tables.ts';

describe('displayText', () => {
  it.each([
    [null, null],
    [undefined, null],
    ['', ''],
    [0, '0'],
    [false, 'false'],
    ['19.90', '19.90'],
    [new Date('2026-01-02T03:04:05.006Z'), '2026-01-02T03:04:05.006Z'],
    [{ a: [1, null, 'ü'] }, '{"a":[1,null,"ü"]}'],
    [[], '[]'],
    [Buffer.from([0, 255, 16]), '\\x00ff10 (3 bytes)'],
    [new Uint8Array(40), `\\x${'00'.repeat(32)}… (40 bytes)`],
    ['x'.repeat(500), 'x'.repeat(500)],
    ['x'.repeat(501), `${'x'.repeat(500)}…`],
  ])('shows %j', (value, text) => {
    expect(displayText(value)).toBe(text);
  });
});
