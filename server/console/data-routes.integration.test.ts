/** Looking into a store's data from the console: every value is shown as it lies there, and never another store's. */
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackendName } from '../database/store-database.ts';
import { products } from '../modules/catalog/models.ts';
import { customers } from '../modules/customers/models.ts';
import { storeTables } from '../modules/index.ts';
import { callOperation, expectOperation } from '../testing/call-operation.ts';
import { ALL_BACKENDS, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const customer = (id: string, name: string) => ({
  id: `00000000-0000-7000-8000-00000000000${id}`,
  email: `${name}@example.com`,
  name,
  createdAt: new Date('2026-01-02T03:04:05.006Z'),
  metadata: { from: name, tags: [1, null] },
});

/** Two stores whose customers have the same columns and other rows. */
async function twoStores(backendName: BackendName): Promise<TestPlatform> {
  const platform = await startTestPlatform({ backend: backendName });
  const { stores, backend } = platform.parts;
  for (const name of ['One', 'Two']) await expectOperation(platform, 'createStore', { body: { name } });
  const insert = async (code: string, ...names: readonly [string, string][]) =>
    backend.use(await stores.record(code), async (database) => {
      await database.table(customers).insert(...names.map(([id, name]) => customer(id, name)));
      await database.table(customers).update({ name: 'deleted' }, { deletedAt: new Date('2026-02-01T00:00:00Z') });
    });
  await insert('one', ['1', 'zoe'], ['2', 'ann'], ['3', 'deleted']);
  await insert('two', ['7', 'bob']);
  return platform;
}

const table = (code: string, name: string) => ({ params: { code, table: name } });

describe.each(ALL_BACKENDS)('the data of a store on %s', (backendName) => {
  it('counts the rows of this store alone, soft-deleted ones included, and names its place and migrations', async () => {
    const platform = await twoStores(backendName);

    const one = await expectOperation(platform, 'storeData', { params: { code: 'one' } });
    const two = await expectOperation(platform, 'storeData', { params: { code: 'TWO' } });

    expect([one, two].map(({ tables }) => tables.find(({ name }) => name === 'customers')?.rows)).toEqual([3, 1]);
    expect(one.tables.map(({ name }) => name)).toEqual(storeTables.map((definition) => definition.table));
    expect(one.tables.find(({ name }) => name === 'customers')?.columns).toBe(Object.keys(customers.columns).length);
    expect(one).toMatchObject({ backend: backendName, shellCommand: 'orion dbshell one' });
    expect(one.location).not.toBe(two.location);
    expect(one.sizeBytes === null).toBe(backendName.endsWith('/row'));
    expect(one.migrations.length).toBeGreaterThan(0);
    expect(one.migrations.every(({ executedAt }) => Number.isFinite(Date.parse(executedAt ?? '')))).toBe(true);
  });

  it('gives pages of its own rows in the order asked for, every value as text', async () => {
    const platform = await twoStores(backendName);
    const { id } = await platform.parts.stores.record('one');
    const read = (query: Readonly<Record<string, string>>, code = 'one') =>
      expectOperation(platform, 'storeTable', { ...table(code, 'customers'), query });

    const first = await read({ sort: 'name', limit: '2' });
    const rest = await read({ sort: 'name', limit: '2', offset: '2' });
    const reversed = await read({ sort: 'name', direction: 'desc' });

    const nameOf = first.columns.findIndex(({ name }) => name === 'name');
    expect([first.total, first.rows.length, rest.rows.length]).toEqual([3, 2, 1]);
    expect([...first.rows, ...rest.rows].map((row) => row[nameOf])).toEqual(['ann', 'deleted', 'zoe']);
    expect(reversed.rows.map((row) => row[nameOf])).toEqual(['zoe', 'deleted', 'ann']);
    const ann = Object.fromEntries(first.columns.map(({ name }, index) => [name, first.rows[0]?.[index]]));
    expect(ann).toEqual({
      id: customer('2', '').id,
      store_id: String(id),
      email: 'ann@example.com',
      name: 'ann',
      created_at: '2026-01-02T03:04:05.006Z',
      deleted_at: null,
      metadata: '{"from":"ann","tags":[1,null]}',
    });
    expect(first.columns).toContainEqual({ name: 'created_at', type: 'timestamp', isKey: false });
    expect(first.columns[0]).toEqual({ name: 'id', type: 'uuid', isKey: true });
    expect((await read({}, 'two')).rows.map((row) => row[nameOf])).toEqual(['bob']);
  });

  it('cuts long text, writes booleans out, and changes nothing', async () => {
    const platform = await startTestPlatform({ backend: backendName, fixtures: 'techstore' });
    const store = await platform.parts.stores.record('techstore');
    const { backend } = platform.parts;
    await backend.use(store, (database) =>
      database.table(products).update({}, { bodyHtml: `${'x'.repeat(499)}💡tail` }),
    );

    const page = await expectOperation(platform, 'storeTable', table('techstore', 'products'));

    const cell = (name: string) => page.rows[0]?.[page.columns.findIndex((column) => column.name === name)];
    expect(cell('body_html')).toBe(`${'x'.repeat(499)}…`);
    expect(cell('is_available')).toMatch(/^(true|false)$/);
    const whole = await backend.use(store, (database) => database.table(products).findOne({}));
    expect(whole?.bodyHtml).toHaveLength(499 + 2 + 4);
  });

  it('refuses a table, a column or a store that is not there, saying what is', async () => {
    const platform = await twoStores(backendName);
    const refusal = async (code: string, name: string, query: Readonly<Record<string, string>> = {}) =>
      (await callOperation(platform, 'storeTable', { ...table(code, name), query })).json<{ status: number }>();

    expect(await refusal('one', 'store_identity')).toMatchObject({
      status: 404,
      code: 'table_not_found',
      detail: expect.stringContaining('There are: product_categories, products'),
    });
    expect(await refusal('one', 'customers"; DROP TABLE customers; --')).toMatchObject({ status: 404 });
    expect(await refusal('one', 'customers', { sort: 'name; --' })).toMatchObject({
      status: 422,
      errors: [{ field: 'sort', message: expect.stringContaining('email, name, created_at') }],
    });
    expect(await refusal('one', 'customers', { sort: 'metadata' })).toMatchObject({ status: 422 });
    expect(await refusal('one', 'customers', { limit: '201' })).toMatchObject({ status: 422 });
    expect(await refusal('three', 'customers')).toMatchObject({ status: 404, code: 'store_not_found' });
  });
});

it('says which file is missing, to those who run the platform', async () => {
  const platform = await twoStores('sqlite/database');
  const { id } = await platform.parts.stores.record('one');
  await platform.stop();
  unlinkSync(join(platform.dataDir, 'stores', `store_${id}.sqlite`));
  const again = await startTestPlatform({ dataDir: platform.dataDir });

  for (const answer of [
    await callOperation(again, 'storeData', { params: { code: 'one' } }),
    await callOperation(again, 'storeTable', table('one', 'customers')),
  ])
    expect(answer.json()).toMatchObject({
      status: 503,
      code: 'store_data_missing',
      detail: expect.stringMatching(new RegExp(`store_${id}\\.sqlite is not there\\. Put it back`)),
    });
  await expectOperation(again, 'storeData', { params: { code: 'two' } });
});
