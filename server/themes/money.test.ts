import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalMoney, formatMoney, parseMoney } from './money.ts';

describe('money', () => {
  it.each([
    ['19.99', 1999],
    ['0.1', 10],
    ['1029.98', 102998],
    ['5', 500],
    ['19.990', 1999],
  ])('reads %s as %i cents', (text, minor) => {
    expect(parseMoney(text)).toBe(minor);
  });

  it.each(['', '-1', '1,99', '19.999', '1e3', 'free', '.5'])('refuses %j', (text) => {
    expect(parseMoney(text)).toBeNull();
  });

  it('survives being written and read again', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (minor) => {
        expect(parseMoney(decimalMoney(minor))).toBe(minor);
      }),
    );
  });

  it.each([
    [123450, 'EUR', '€1,234.50'],
    [99999, 'USD', '$999.99'],
    [1000, 'JPY', '¥1,000'],
  ])('shows %i minor units of %s as %s', (minor, currency, text) => {
    expect(formatMoney(minor, currency, 'en')).toBe(text);
  });
});
