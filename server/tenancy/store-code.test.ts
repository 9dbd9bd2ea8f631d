import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normalizeStoreCode,
  RESERVED_CODES,
  STORE_CODE_PATTERN,
  schemaNameOf,
  storeCodeFaults,
  suggestStoreCode,
} from './store-code.ts';

describe('storeCodeFaults', () => {
  it.each(['abc', 'techstore', 'fashion-boutique', '123', 'a'.repeat(50)])('accepts %s', (code) => {
    expect(storeCodeFaults(code)).toEqual([]);
  });

  it.each([
    ['ab', 'at least 3'],
    ['a'.repeat(51), 'at most 50'],
    ['tech store', 'may hold only'],
    ['tech_store', 'may hold only'],
    ['café', 'may hold only'],
    ['-abc', 'hyphen'],
    ['admin', 'reserved'],
    ['storefront', 'reserved'],
    ['platform', 'reserved'],
    ['store-template', 'reserved'],
  ])('refuses %s and says why', (code, reason) => {
    expect(
      storeCodeFaults(code)
        .map((fault) => fault.message)
        .join(),
    ).toContain(reason);
  });

  it('lists every fault at once', () => {
    expect(storeCodeFaults('-É')).toHaveLength(3);
  });

  it('refuses every reserved name, in any letter case', () => {
    for (const name of RESERVED_CODES) expect(storeCodeFaults(normalizeStoreCode(name.toUpperCase()))).not.toEqual([]);
  });
});

describe('suggestStoreCode', () => {
  it.each([
    ['Fashion Boutique', 'fashion-boutique'],
    ['Café Zoë & Söhne', 'cafe-zoe-sohne'],
    ['  --- ', ''],
  ])('makes of %s the code %s', (name, code) => {
    expect(suggestStoreCode(name)).toBe(code);
  });

  it('suggests only what the pattern allows, or something too short', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const code = suggestStoreCode(name);
        expect(code.length < 3 || STORE_CODE_PATTERN.test(code)).toBe(true);
      }),
    );
  });
});

it('names a schema without hyphens', () => {
  expect(schemaNameOf('fashion-boutique')).toBe('fashion_boutique');
});
