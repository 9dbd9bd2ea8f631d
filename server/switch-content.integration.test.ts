/** Every kind of value survives every direction, and a store that is written to while it is copied is copied again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeMigrations } from '../migrations/store/index.ts';
import type { Migration } from './database/migrator.ts';
import { columns, defineStoreTable, type StoreRow } from './database/model.ts';
import type { StoreBackend, StoreRef } from './database/store-database.ts';
import { StoreMover } from './database/switch/store-mover.ts';
import { WriteGate } from './database/switchable/write-gate.ts';
import { storeTables } from './modules/index.ts';
import { TEST_BACKENDS } from './testing/test-backends.ts';

interface SpecimenRow extends StoreRow {
  readonly id: string;
  readonly ref: string | null;
  readonly title: string | null;
  readonly amount: number | null;
  readonly isOpen: boolean | null;
  readonly at: Date | null;
  readonly data: unknown;
  readonly price: string | null;
  readonly file: Buffer | null;
  readonly deletedAt: Date | null;
}

const specimens = defineStoreTable<SpecimenRow>({
  table: 'specimens',
  columns: {
    id: columns.id,
    ref: columns.uuid,
    title: columns.text,
    amount: columns.integer,
    isOpen: columns.boolean,
    at: columns.timestamp,
    data: columns.json,
    price: columns.decimal,
    file: columns.binary,
    deletedAt: columns.timestamp,
  },
});

const addSpecimens: Migration = {
  name: '29990101000000-add-specimens',
  async up({ run, types: t }) {
    await run(`CREATE TABLE IF NOT EXISTS specimens (id ${t.uuid} PRIMARY KEY NOT NULL, store_id ${t.integer} NOT NULL,
      ref ${t.uuid}, title TEXT, amount ${t.integer}, is_open ${t.boolean}, at ${t.timestamp}, data ${t.json},
      price ${t.decimal}, file ${t.binary}, deleted_at ${t.timestamp})`);
  },
  down: ({ run }) => run('DROP TABLE IF EXISTS specimens'),
};

const options = { tables: [...storeTables, specimens], migrations: [...storeMigrations, addSpecimens] };
const one: StoreRef = { id: 1, code: 'one', schemaName: 'one' };
const two: StoreRef = { id: 2, code: 'two', schemaName: 'two' };
const uuid = (number: number) => `0190a000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const empty = {
  ref: null,
  title: null,
  amount: null,
  isOpen: null,
  at: null,
  data: null,
  price: null,
  file: null,
  deletedAt: null,
};
const SPECIMENS: readonly Omit<SpecimenRow, 'storeId'>[] = [
  empty,
  { ...empty, title: '', data: {}, file: Buffer.alloc(0), isOpen: false, amount: 0, price: '0' },
  {
    ...empty,
    title:
      'astral 🛍️ 👩‍👩‍👧, right to left שלום مرحبا, combining e\u0301 ñ, line\nbreak \t "quotes" \'single\' \\ back; DROP',
  },
  { ...empty, title: 'long '.repeat(210_000), data: { text: 'x'.repeat(100_000) } },
  { ...empty, amount: Number.MAX_SAFE_INTEGER, isOpen: true, ref: uuid(77) },
  { ...empty, amount: Number.MIN_SAFE_INTEGER },
  { ...empty, at: new Date('2026-03-29T01:30:00.123Z'), deletedAt: new Date('1970-01-01T00:00:00.000Z') },
  { ...empty, at: new Date('1899-12-31T23:59:59.999Z') },
  { ...empty, at: new Date('2999-12-31T23:59:59.001Z') },
  { ...empty, data: [] },
  { ...empty, data: { b: 1, a: [null, true, 1.5, 'é🙂', { z: [], y: {} }], '10': 1, '9': 2, nul: null } },
  { ...empty, data: 'a text' },
  { ...empty, data: 12.25 },
  { ...empty, data: false },
  { ...empty, price: '19.90' },
  { ...empty, price: '-123456789012345678901234567890.123456789012345678' },
  { ...empty, file: Buffer.from(Array.from({ length: 256 }, (_, index) => index)) },
  { ...empty, file: Buffer.alloc(300_000, 7) },
].map((row, index) => ({ ...row, id: uuid(index + 1) }));

async function open(name: string): Promise<StoreBackend> {
  const kind = Object.entries(TEST_BACKENDS).find(([known]) => known === name)?.[1];
  if (!kind) throw new Error(`there is no backend ${name}`);
  const backend = kind.open(await kind.place(), options);
  await backend.migrate();
  await backend.create(one);
  await backend.create(two);
  return backend;
}

function mover(source: StoreBackend, target: StoreBackend, gate = new WriteGate()): StoreMover {
  const signal = new AbortController().signal;
  return new StoreMover({ source, target, gate, signal, tables: options.tables, onProgress: () => undefined });
}

const rowsOf = (backend: StoreBackend, store: StoreRef) =>
  backend.use(store, (database) => database.table(specimens).find({ order: [['id', 'asc']], withDeleted: true }));

const NAMES = Object.keys(TEST_BACKENDS);
const PAIRS = NAMES.flatMap((from) => NAMES.filter((to) => to !== from).map((to) => [from, to] as const));

describe('copying stores', () => {
  it.each(PAIRS)('from %s to %s keeps every kind of value, of its own store alone', async (from, to) => {
    const [source, target] = [await open(from), await open(to)];
    await source.use(one, (database) => database.table(specimens).insert(...SPECIMENS));
    await source.use(two, (database) => database.table(specimens).insert({ ...empty, id: uuid(1000), title: 'two' }));
    // What an earlier try has left.
    await target.use(one, (database) =>
      database.table(specimens).insert({ ...empty, id: uuid(2000), title: 'left over' }),
    );

    const moving = mover(source, target);
    await moving.move([one, two], false);

    expect(moving.behind([one, two])).toEqual([]);
    expect(await rowsOf(target, one)).toEqual(SPECIMENS.map((row) => ({ ...row, storeId: 1 })));
    expect(await rowsOf(target, two)).toMatchObject([{ title: 'two', storeId: 2 }]);
    const back = mover(target, source);
    await back.move([one, two], false);
    expect(back.contentHash()).toBe(moving.contentHash());
  });

  it('keeps whatever rows there are', async () => {
    const [source, target] = [await open('sqlite/row'), await open('postgres/schema')];
    const texts = fc
      .string({ unit: 'binary', maxLength: 200 })
      .filter((text) => text.isWellFormed() && !text.includes('\0'));
    // JSON is kept as text: a NUL in it is refused like in any text.
    const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('\\u0000'));
    const row = fc.record({
      title: fc.option(texts),
      data: json,
      amount: fc.option(fc.maxSafeInteger()),
      isOpen: fc.option(fc.boolean()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        const given = rows.map((values, index) => ({ ...empty, ...values, id: uuid(index) }));
        await source.use(one, (database) =>
          database.transaction(async (inside) => {
            await inside.table(specimens).delete({});
            await inside.table(specimens).insert(...given);
          }),
        );
        const moving = mover(source, target);
        await moving.move([one], false);
        expect(await rowsOf(target, one)).toEqual(await rowsOf(source, one));
      }),
      { numRuns: 40 },
    );
  });

  it('notices a store that is written to meanwhile, and copies it again', async () => {
    const [source, target] = [await open('sqlite/database'), await open('sqlite/row')];
    const gate = new WriteGate();
    await source.use(one, (database) => database.table(specimens).insert(...SPECIMENS));
    const moving = mover(source, target, gate);
    const insert = (number: number) =>
      gate.write(1, 0, () =>
        source.use(one, (database) => database.table(specimens).insert({ ...empty, id: uuid(number) })),
      );

    await Promise.all([moving.move([one, two], false), insert(5000)]);
    expect(moving.behind([one, two])).toEqual([one]);
    await moving.move([one], false);
    expect(moving.behind([one, two])).toEqual([]);
    await insert(5001);
    expect(moving.behind([one, two])).toEqual([one]);
    await moving.move([one], false);
    expect(await rowsOf(target, one)).toEqual(await rowsOf(source, one));
  });

  it('does not copy a store again that is there already', async () => {
    const [source, target] = [await open('sqlite/database'), await open('sqlite/row')];
    await source.use(one, (database) => database.table(specimens).insert(...SPECIMENS));
    await mover(source, target).move([one, two], false);
    let transactions = 0;
    const counting: StoreBackend = {
      ...target,
      use: (store, work) =>
        target.use(store, (database) =>
          work({
            ...database,
            transaction(inside) {
              transactions += 1;
              return database.transaction(inside);
            },
          }),
        ),
    };

    await mover(source, counting).move([one, two], true);
    expect(transactions).toBe(0);
    await source.use(two, (database) => database.table(specimens).insert({ ...empty, id: uuid(6000) }));
    await mover(source, counting).move([one, two], true);
    expect(transactions).toBe(1);
  });

  it('names store, table, row and column when the target is not what was copied', async () => {
    const [source, target] = [await open('sqlite/database'), await open('sqlite/row')];
    await source.use(one, (database) => database.table(specimens).insert(...SPECIMENS));
    const lying: StoreBackend = {
      ...target,
      async use(store, work) {
        const result = await target.use(store, work);
        await target.use(store, (database) => database.table(specimens).update({ id: uuid(5) }, { amount: 1 }));
        return result;
      },
    };

    await expect(mover(source, lying).move([one], false)).rejects.toThrow(
      `Store one: what was copied is not what was read: table specimens: row ${uuid(5)} differs in amount.`,
    );
  });
});
