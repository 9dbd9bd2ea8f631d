import { describe, expect, it } from 'vitest';
import { isSamePlace, placeKey } from './place-key.ts';

const at = (databaseUrl: string | null) => ({ engine: 'postgres' as const, databaseUrl });

describe('a place', () => {
  it('is the same whoever connects to it, and however the host is written', () => {
    expect(isSamePlace(at('postgres://a:x@DB.example/shop'), at('postgresql://b:y@db.example:5432/shop'))).toBe(true);
    expect(isSamePlace(at('postgres://a@/shop?host=/run/pg'), at('postgres://b@/?host=/run/pg&dbname=shop'))).toBe(
      true,
    );
  });

  it('is another one with another port, database or engine', () => {
    const shop = at('postgres://a:x@db.example/shop');
    for (const other of ['postgres://a:x@db.example/Shop', 'postgres://a:x@db.example:5433/shop', null])
      expect(isSamePlace(shop, at(other)), String(other)).toBe(false);
    expect(isSamePlace(at('postgres://a@h/?dbname=a'), at('postgres://a@h/?dbname=b'))).toBe(false);
    expect(isSamePlace(shop, { engine: 'sqlite', databaseUrl: null })).toBe(false);
  });

  it('is named without its password', () => {
    expect(placeKey(at('postgres://a:secret@db.example/shop'))).not.toContain('secret');
  });
});
