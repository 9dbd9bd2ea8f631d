/** When a store has no more room: nothing new, but reading, changing and deleting go on. */
import { describe, expect, it, vi } from 'vitest';
import { defineStoreTable } from '../database/model.ts';
import type { StoreBackend, StoreDatabase, StoreRef } from '../database/store-database.ts';
import { limitStorage } from './limit-storage.ts';
import { StoreStorage } from './store-storage.ts';

const STORE: StoreRef = { id: 1, code: 'books', schemaName: 'books' };
const MEGABYTE = 1024 * 1024;
const things = defineStoreTable<{ readonly storeId: number }>({ table: 'things', columns: {} });

function setUp(usedMegabytes: number) {
  const sizeOf = vi.fn(async () => usedMegabytes * MEGABYTE);
  return { sizeOf, storage: new StoreStorage({ sizeOf, limits: { of: async () => ({ storageMegabytes: 10 }) } }) };
}

describe('StoreStorage', () => {
  it('takes what fits, and refuses what would pass the limit with 507', async () => {
    const { storage } = setUp(9);

    await storage.ensureRoom(STORE, MEGABYTE);

    await expect(storage.ensureRoom(STORE, MEGABYTE + 1)).rejects.toMatchObject({
      status: 507,
      code: 'storage_full',
      message: expect.stringContaining('books may use 10 MB and uses 9.0 MB'),
    });
  });

  it('counts once for many who ask at the same time, again after it was told to, and again after a failure', async () => {
    const { sizeOf, storage } = setUp(1);
    await Promise.all(Array.from({ length: 20 }, () => storage.ensureRoom(STORE, 1)));
    expect(sizeOf).toHaveBeenCalledTimes(1);

    storage.forget(STORE.id);
    sizeOf.mockRejectedValueOnce(new Error('away'));
    await storage.ensureRoom(STORE, 1);

    expect(await storage.usedBytes(STORE)).toBe(MEGABYTE);
    expect(sizeOf).toHaveBeenCalledTimes(3);
  });
});

describe('limitStorage', () => {
  function open(usedMegabytes: number) {
    const done: string[] = [];
    const note = (name: string) => async () => void done.push(name);
    const table = {
      find: note('find'),
      findOne: note('find'),
      count: async (_where: object, options?: { withDeleted?: boolean }) =>
        done.push(options?.withDeleted ? 'count with deleted' : 'count'),
      insert: note('insert'),
      update: note('update'),
      delete: note('delete'),
    };
    const handle = { storeId: 1, table: () => table, query: note('query') } as unknown as StoreDatabase;
    Object.assign(handle, { transaction: (work: (inside: StoreDatabase) => Promise<unknown>) => work(handle) });
    const backend = { use: (_store: StoreRef, work: (database: StoreDatabase) => unknown) => work(handle) };
    const limited = limitStorage(backend as unknown as StoreBackend, setUp(usedMegabytes).storage);
    return { done, limited };
  }

  it('refuses new rows of a full store, in and outside of a transaction; the rest goes on', async () => {
    const { done, limited } = open(10);

    await limited.use(STORE, async (database) => {
      const table = database.table(things);
      await expect(table.insert({})).rejects.toMatchObject({ status: 507 });
      await database.transaction(async (inside) => {
        await expect(inside.table(things).insert({})).rejects.toMatchObject({ status: 507 });
        await inside.table(things).delete({});
      });
      await table.find();
      await table.update({}, {});
      await table.count({}, { withDeleted: true });
    });

    expect(done).toEqual(['delete', 'find', 'update', 'count with deleted']);
  });

  it('lets a store with room write', async () => {
    const { done, limited } = open(9);

    await limited.use(STORE, (database) =>
      database.transaction(async (inside) => {
        await inside.table(things).insert({});
      }),
    );

    expect(done).toEqual(['insert']);
  });
});
