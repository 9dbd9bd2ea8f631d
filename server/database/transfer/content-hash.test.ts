/** The hash must not see which engine holds a row, and must see every difference of its content. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, defineTable } from '../model.ts';
import { canonicalRow, differingColumn } from './canonical-row.ts';
import { joinHashes, TableHasher } from './content-hash.ts';
import type { AnyRow } from './tables.ts';

const specimen = defineTable<Record<string, unknown>>({
  table: 'specimen',
  columns: {
    id: columns.id,
    title: columns.text,
    amount: columns.integer,
    isOpen: columns.boolean,
    at: columns.timestamp,
    data: columns.json,
    price: columns.decimal,
    file: columns.binary,
  },
});

const hashOf = (...rows: AnyRow[]) => {
  const hasher = new TableHasher(specimen);
  hasher.add(rows);
  return joinHashes([hasher.digest()]).hash;
};

const text = fc.string({ unit: 'grapheme' });
const json = fc.jsonValue({ maxDepth: 3 });
const row = fc.record({
  id: fc.uuid(),
  title: fc.option(text),
  amount: fc.option(fc.integer({ min: -(2 ** 53 - 1), max: 2 ** 53 - 1 })),
  isOpen: fc.option(fc.boolean()),
  at: fc.option(fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })),
  data: json,
  price: fc.option(
    fc.tuple(fc.integer(), fc.nat(99)).map(([whole, part]) => `${whole}.${String(part).padStart(2, '0')}`),
  ),
  file: fc.option(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
});

/** The same row as another engine might give it. */
function otherwise(value: AnyRow): AnyRow {
  const shuffled = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(shuffled);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(
      Object.entries(item)
        .reverse()
        .map(([key, member]) => [key, shuffled(member)]),
    );
  };
  const { id, isOpen, at, data, price, file } = value;
  return {
    ...Object.fromEntries(Object.entries(value).reverse()),
    id: String(id).toUpperCase(),
    isOpen: typeof isOpen === 'boolean' ? Number(isOpen) : isOpen,
    at: at instanceof Date ? at.toISOString() : at,
    data: shuffled(data),
    price: typeof price === 'string' ? `${price}000` : price,
    file: file instanceof Buffer ? new Uint8Array(file) : file,
  };
}

describe('the hash of rows', () => {
  it('does not depend on how an engine gives a value, nor on the order of columns and keys', () => {
    fc.assert(fc.property(row, (value) => hashOf(value) === hashOf(otherwise(value))));
  });

  it('differs when one value differs, and the column is named', () => {
    fc.assert(
      fc.property(row, row, (one, other) => {
        const column = differingColumn(specimen, one, other);
        expect(hashOf(one) === hashOf(other)).toBe(column === null);
        if (column !== null)
          expect(canonicalRow(specimen, { [column]: (one as AnyRow)[column] })).not.toBe(
            canonicalRow(specimen, { [column]: (other as AnyRow)[column] }),
          );
      }),
    );
  });

  it.each([
    ['NULL and the empty text', { title: null }, { title: '' }],
    ['NULL and a column that is absent', { title: null }, {}],
    ['NULL and false', { isOpen: null }, { isOpen: false }],
    ['NULL and 0', { amount: null }, { amount: 0 }],
    ['two texts that look the same', { title: 'é' }, { title: 'e\u0301' }],
    ['a number and its text in JSON', { data: { a: 1 } }, { data: { a: '1' } }],
    ['an empty list and an empty object', { data: [] }, { data: {} }],
    ['a list and an object that spells it', { data: { entries: [] } }, { data: {} }],
    ['times a millisecond apart', { at: new Date(1) }, { at: new Date(2) }],
    ['empty binary and NULL', { file: Buffer.alloc(0) }, { file: null }],
    ['decimals that a float takes for one', { price: '0.10000000000000000001' }, { price: '0.1' }],
  ])('tells %s apart', (_what, one, other) => {
    expect(hashOf(one)).not.toBe(hashOf(other));
  });

  it.each([
    ['1.50', '1.5'],
    ['+1.50', '01.5'],
    ['-0.00', '0'],
    ['1e3', '1000'],
    ['12.5e-3', '0.0125'],
    ['.5', '0.5'],
  ])('takes the decimals %s and %s for one number', (one, other) => {
    expect(hashOf({ price: one })).toBe(hashOf({ price: other }));
  });

  it('knows the order and the number of rows', () => {
    const [one, other] = [{ title: 'a' }, { title: 'b' }];
    expect(hashOf(one, other)).not.toBe(hashOf(other, one));
    expect(hashOf(one, one)).not.toBe(hashOf(one));
  });
});
