/** One suite of behaviour for every backend: what a store's handle promises, whatever holds its data. */
import { readFileSync, renameSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { storeMigrations } from '../migrations/store/index.ts';
import { createSqliteDatabaseBackend } from './database/backends/sqlite-database.ts';
import { openSqliteFile } from './database/sqlite-file.ts';
import type { StoreDatabase, StoreRef } from './database/store-database.ts';
import { productCategories, products } from './modules/catalog/models.ts';
import { customers } from './modules/customers/models.ts';
import { storeTables } from './modules/index.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { TEST_BACKENDS, type TestBackend, type TestBackendOptions, type TestPlace } from './testing/test-backends.ts';

const one: StoreRef = { id: 1, code: 'one', schemaName: 'one' };
const two: StoreRef = { id: 2, code: 'two', schemaName: 'two' };

/** A migrated backend with two stores. */
async function open({ place, open }: TestBackend, options: TestBackendOptions = {}, where?: TestPlace) {
  const backend = open(where ?? (await place()), options);
  await backend.migrate();
  await backend.create(one);
  await backend.create(two);
  return backend;
}

/** The id that stands for a letter in these tests. */
const uuid = (letter: string) => `00000000-0000-4000-8000-${Buffer.from(letter).toString('hex').padStart(12, '0')}`;
const customer = (id: string, email: string) => ({
  id: uuid(id),
  email,
  name: email,
  createdAt: new Date('2026-01-02T03:04:05.006Z'),
  metadata: { from: email },
});
const emails = async (database: StoreDatabase) =>
  (await database.table(customers).find({ order: [['email', 'asc']] })).map((row) => row.email);

describe.each(Object.entries(TEST_BACKENDS))('%s', (_name, kind) => {
  it('shows each store its own rows: find, findOne, count', async () => {
    const backend = await open(kind);
    await backend.use(one, (database) => database.table(customers).insert(customer('a', 'ann@one')));
    await backend.use(two, (database) =>
      database.table(customers).insert(customer('b', 'bob@two'), customer('c', 'cy@two')),
    );

    expect(await backend.use(one, emails)).toEqual(['ann@one']);
    expect(await backend.use(two, emails)).toEqual(['bob@two', 'cy@two']);
    await backend.use(one, async (database) => {
      expect(await database.table(customers).findOne({ where: { id: uuid('b') } })).toBeNull();
      expect(await database.table(customers).count()).toBe(1);
    });
  });

  it('changes and deletes only rows of its own store, even when asked for all', async () => {
    const backend = await open(kind);
    await backend.use(one, (database) => database.table(customers).insert(customer('a', 'ann@one')));
    await backend.use(two, (database) => database.table(customers).insert(customer('b', 'bob@two')));

    await backend.use(one, async (database) => {
      expect(await database.table(customers).update({}, { name: 'changed' })).toBe(1);
      expect(await database.table(customers).delete({ id: uuid('b') })).toBe(0);
      expect(await database.table(customers).delete({})).toBe(1);
    });
    expect(await backend.use(two, (database) => database.table(customers).findOne({}))).toMatchObject({
      name: 'bob@two',
    });
  });

  it('cannot be talked into another store by a condition or a row that names it', async () => {
    const backend = await open(kind);
    await backend.use(two, (database) => database.table(customers).insert(customer('b', 'bob@two')));

    await backend.use(one, async (database) => {
      const table = database.table(customers);
      expect(await table.find({ where: { storeId: 2 } as never })).toEqual([]);
      await table.insert({ ...customer('x', 'x@one'), storeId: 2 } as never);
      await table.update({ storeId: 2 } as never, { storeId: 2, name: 'moved' } as never);
      expect(await table.find({})).toMatchObject([{ id: uuid('x'), storeId: 1, name: 'moved' }]);
    });
    expect(await backend.use(two, emails)).toEqual(['bob@two']);
  });

  it('lets two stores use the same address, handle and number, but not one store twice', async () => {
    const backend = await open(kind);
    await backend.use(one, (database) => database.table(customers).insert(customer('a', 'same@x')));
    await backend.use(two, (database) => database.table(customers).insert(customer('b', 'same@x')));

    await expect(
      backend.use(two, (database) => database.table(customers).insert(customer('c', 'same@x'))),
    ).rejects.toMatchObject({
      name: 'UniqueViolationError',
      status: 409,
    });
  });

  it('keeps every type of value as it was', async () => {
    const backend = await open(kind);
    const at = new Date('2026-03-04T05:06:07.089Z');
    const row = {
      id: uuid('p'),
      categoryId: null,
      handle: 'h',
      title: "“Zoë” 💡 '; DROP TABLE products; --",
      bodyHtml: 'x'.repeat(100_000),
      vendor: '',
      type: '\\%_',
      tags: ['a', 'ü'],
      optionNames: [],
      status: 'active' as const,
      priceMinor: 2_147_483_647,
      priceMaxMinor: 0,
      compareAtMinor: null,
      isAvailable: false,
      image: { file: 'a.webp', alt: '', width: 1, height: 2, widths: [480] },
      searchText: 'zoe',
      position: -1,
      publishedAt: at,
      createdAt: at,
      updatedAt: at,
      metadata: { nested: { deep: [true, null, 1.5] } },
    };
    await backend.use(one, (database) => database.table(products).insert(row));

    expect(await backend.use(one, (database) => database.table(products).findOne({}))).toEqual({
      ...row,
      storeId: 1,
      deletedAt: null,
    });
  });

  it('refuses text that not every engine can keep, and keeps nothing of the row', async () => {
    const backend = await open(kind);
    const add = (row: object) =>
      backend.use(one, (database) => database.table(customers).insert({ ...customer('a', 'ann'), ...row }));

    await expect(add({ name: 'NUL \0' })).rejects.toMatchObject({ status: 422, code: 'text_not_storable' });
    await expect(add({ metadata: { half: '\ud83d' } })).rejects.toMatchObject({ code: 'text_not_storable' });
    expect(await backend.use(one, emails)).toEqual([]);
    await add({ name: '\\u0000 is only a text', metadata: { escaped: '\\u0000' } });
    expect(await backend.use(one, (database) => database.table(customers).findOne())).toMatchObject({
      name: '\\u0000 is only a text',
      metadata: { escaped: '\\u0000' },
    });
  });

  it('understands every condition', async () => {
    const backend = await open(kind);
    await backend.use(one, async (database) => {
      const table = database.table(customers);
      await table.insert(customer('a', '50% off_x'), customer('b', 'plain'), customer('c', 'PLAIN'));
      const ids = async (where: Parameters<typeof table.count>[0]) =>
        (await table.find({ ...(where ? { where } : {}), order: [['id', 'asc']] }))
          .map((row) => ['a', 'b', 'c'].find((letter) => uuid(letter) === row.id))
          .join('');
      expect(await ids({ email: 'plain' })).toBe('b');
      expect(await ids({ id: [uuid('a'), uuid('c')] })).toBe('ac');
      expect(await ids({ id: [] })).toBe('');
      expect(await ids({ id: 'no id at all' })).toBe('');
      expect(await ids({ id: { not: 'no id at all' } })).toBe('abc');
      expect(await ids({ id: ['no id at all', uuid('b')] })).toBe('b');
      expect(await ids({ id: { not: uuid('a') } })).toBe('bc');
      expect(await ids({ id: { above: uuid('a') } })).toBe('bc');
      expect(await ids({ id: { below: uuid('b') } })).toBe('a');
      expect(await ids({ email: { contains: '%' } })).toBe('a');
      expect(await ids({ email: [{ contains: '50' }, { contains: '_x' }] })).toBe('a');
      expect(await ids({ email: { contains: '\0' } })).toBe('');
      expect(await ids({ email: 'half an emoji \ud83d' })).toBe('');
      expect(await ids({ deletedAt: null })).toBe('abc');
    });
  });

  it('hides what was soft-deleted until it is asked for', async () => {
    const backend = await open(kind);
    await backend.use(one, async (database) => {
      const table = database.table(customers);
      await table.insert(customer('a', 'ann'));
      await table.update({ id: uuid('a') }, { deletedAt: new Date() });
      expect(await table.find({})).toEqual([]);
      expect(await table.find({ withDeleted: true })).toHaveLength(1);
    });
  });

  it('rolls back all of a transaction, and commits all of one', async () => {
    const backend = await open(kind);
    await backend.use(one, async (database) => {
      const failing = database.transaction(async (inside) => {
        await inside.table(customers).insert(customer('a', 'ann'));
        await inside.transaction((deeper) => deeper.table(customers).insert(customer('b', 'bob')));
        throw new Error('stop');
      });
      await expect(failing).rejects.toThrow('stop');
      expect(await emails(database)).toEqual([]);
      await database.transaction((inside) => inside.table(customers).insert(customer('a', 'ann')));
      expect(await emails(database)).toEqual(['ann']);
    });
  });

  it('takes many transactions at once without losing or blocking one', async () => {
    const backend = await open(kind);
    const count = 30;
    await backend.use(one, (database) =>
      database.table(productCategories).insert({
        id: uuid('n'),
        handle: 'n',
        title: '0',
        description: '',
        position: 0,
        createdAt: new Date(),
        updatedAt: new Date(),
        metadata: {},
      }),
    );

    await Promise.all(
      Array.from({ length: count }, () =>
        backend.use(one, (database) =>
          database.transaction(async (inside) => {
            const row = await inside.table(productCategories).findOne({ where: { id: uuid('n') } });
            await inside.table(productCategories).update({ id: uuid('n') }, { position: (row?.position ?? 0) + 1 });
          }),
        ),
      ),
    );

    expect(await backend.use(one, (database) => database.table(productCategories).findOne({}))).toMatchObject({
      position: count,
    });
  });

  it('refuses a reference to a row of another store', async () => {
    const backend = await open(kind);
    const now = new Date();
    await backend.use(two, (database) =>
      database.table(productCategories).insert({
        id: uuid('c2'),
        handle: 'c',
        title: 'c',
        description: '',
        position: 0,
        createdAt: now,
        updatedAt: now,
        metadata: {},
      }),
    );
    const product = {
      id: uuid('p'),
      categoryId: uuid('c2'),
      handle: 'h',
      title: 't',
      bodyHtml: '',
      vendor: '',
      type: '',
      tags: [],
      optionNames: [],
      status: 'active' as const,
      priceMinor: 1,
      priceMaxMinor: 1,
      isAvailable: true,
      searchText: '',
      position: 0,
      publishedAt: now,
      createdAt: now,
      updatedAt: now,
      metadata: {},
    };

    await expect(backend.use(one, (database) => database.table(products).insert(product))).rejects.toMatchObject({
      code: 'reference_broken',
    });
  });

  it('forgets a dropped store for good, and only that one', async () => {
    const backend = await open(kind);
    await backend.use(one, (database) => database.table(customers).insert(customer('a', 'ann@one')));
    await backend.use(two, (database) => database.table(customers).insert(customer('b', 'bob@two')));

    await backend.drop(one);
    await backend.drop(one);

    expect(await backend.use(two, emails)).toEqual(['bob@two']);
    await backend.create(one);
    expect(await backend.use(one, emails)).toEqual([]);
  });

  it('finds everything again after it was closed', async () => {
    const place = await kind.place();
    const first = await open(kind, {}, place);
    await first.use(one, (database) => database.table(customers).insert(customer('a', 'ann@one')));
    await first.close();

    const second = await open(kind, {}, place);
    expect(await second.use(one, emails)).toEqual(['ann@one']);
  });

  it('serves many stores at once with few of them open', async () => {
    const backend = await open(kind, { maxOpenDatabases: 2, maxConnections: 4, maxOpenStores: 2 });
    const refs = Array.from(
      { length: 12 },
      (_, index): StoreRef => ({ id: index + 10, code: `s${index}`, schemaName: `s${index}` }),
    );
    for (const ref of refs) await backend.create(ref);

    await Promise.all(
      refs.map((ref) =>
        backend.use(ref, (database) => database.table(customers).insert(customer(ref.code, `${ref.code}@x`))),
      ),
    );

    for (const ref of refs) expect(await backend.use(ref, emails)).toEqual([`${ref.code}@x`]);
    expect(backend.stats().openDatabases).toBeLessThanOrEqual(2);
  });
});

describe('sqlite/database, when a file is not what it should be', () => {
  const fileOf = (directory: string, store: StoreRef) => join(directory, `store_${store.id}.sqlite`);
  const closed = async () => {
    const directory = temporaryFolder();
    const backend = await open(TEST_BACKENDS['sqlite/database'], {}, directory);
    for (const store of [one, two])
      await backend.use(store, (database) => database.table(customers).insert(customer(store.code, store.code)));
    await backend.close();
    return {
      directory,
      reopen: () =>
        createSqliteDatabaseBackend({
          directory,
          tables: storeTables,
          migrations: storeMigrations,
          maxOpenDatabases: 8,
        }),
    };
  };

  it.each([
    ['store_data_missing', (file: string) => unlinkSync(file)],
    [
      'store_data_damaged',
      (file: string) => writeFileSync(file, 'this is no database, only a text of some length'.repeat(200)),
    ],
    ['store_data_damaged', (file: string) => truncateSync(file, 5000)],
  ])('says %s, and leaves the other store alone', async (code, harm) => {
    const { directory, reopen } = await closed();
    harm(fileOf(directory, one));
    const backend = reopen();
    onTestFinished(() => backend.close());

    await expect(backend.use(one, emails)).rejects.toMatchObject({ status: 503, code });
    expect(await backend.use(two, emails)).toEqual(['two']);
  });

  it('notices a file that was swapped for another store’s', async () => {
    const { directory, reopen } = await closed();
    renameSync(fileOf(directory, two), fileOf(directory, one));
    const backend = reopen();
    onTestFinished(() => backend.close());

    await expect(backend.use(one, emails)).rejects.toMatchObject({ status: 503, code: 'store_data_mismatch' });
  });

  it('refuses a row of another store in the file itself, also from outside this program', async () => {
    const { directory } = await closed();
    const file = openSqliteFile({ filename: fileOf(directory, one), tables: [] });
    onTestFinished(() => file.close());

    expect(() => file.query('UPDATE customers SET store_id = 2')).toThrow('a row of another store was refused');
    expect(readFileSync(fileOf(directory, one)).length).toBeGreaterThan(0);
  });
});
