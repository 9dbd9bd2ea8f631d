/** Statements without their predicate, planted in a store's own handle: refused on every backend before they run. */
import { describe, expect, it } from 'vitest';
import { createScopeGuard } from './database/guard/create-scope-guard.ts';
import type { GuardMode } from './database/guard/scope-guard.ts';
import { UnscopedStatementError } from './database/guard/unscoped-statement-error.ts';
import type { StoreBackend, StoreDatabase, StoreRef } from './database/store-database.ts';
import { customers } from './modules/customers/models.ts';
import { storeTables } from './modules/index.ts';
import { TEST_BACKENDS } from './testing/test-backends.ts';

const one: StoreRef = { id: 1, code: 'one', schemaName: 'one' };
const two: StoreRef = { id: 2, code: 'two', schemaName: 'two' };

const READS: Readonly<Record<string, string>> = {
  find: 'SELECT * FROM customers',
  'find by id': "SELECT * FROM customers WHERE email = 'ann@two'",
  'raw with a predicate that does not count': 'SELECT * FROM customers WHERE store_id = 1 OR 1 = 1',
  'another store': 'SELECT * FROM customers WHERE store_id = 2',
  join: 'SELECT o.* FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.store_id = 1',
  subquery: 'SELECT (SELECT count(*) FROM orders) AS n FROM customers WHERE store_id = 1',
  union: 'SELECT id FROM customers WHERE store_id = 1 UNION SELECT id FROM customers',
  with: 'WITH everyone AS (SELECT * FROM customers) SELECT * FROM everyone',
};

const WRITES: Readonly<Record<string, string>> = {
  update: "UPDATE customers SET name = 'planted'",
  'update into another store': 'UPDATE customers SET store_id = 2 WHERE store_id = 1',
  delete: 'DELETE FROM customers',
  'delete by a subquery': 'DELETE FROM customers WHERE store_id = 1 AND id IN (SELECT id FROM customers)',
};

const ID = '00000000-0000-7000-8000-000000000001';

async function open(create: (typeof TEST_BACKENDS)['sqlite/row'], mode: GuardMode) {
  const guard = await createScopeGuard({ tables: storeTables.map(({ table }) => table), mode });
  const backend = create.open(await create.place(), { guard });
  await backend.migrate();
  for (const store of [one, two]) {
    await backend.create(store);
    await backend.use(store, (database) =>
      database.table(customers).insert({
        id: ID.replace(/1$/, String(store.id)),
        email: `ann@${store.code}`,
        name: store.code,
        createdAt: new Date('2026-01-02T03:04:05Z'),
        metadata: {},
      }),
    );
  }
  return { backend, guard };
}

const names = async (backend: StoreBackend, store: StoreRef) =>
  (await backend.use(store, (database) => database.table(customers).find())).map((row) => row.name);

/** Runs a statement in a transaction and takes back what it did. */
async function inTransaction(database: StoreDatabase, sql: string): Promise<void> {
  const undone = new Error('undone');
  await database
    .transaction(async (inside) => {
      await inside.query(sql);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
}

/** How each statement ended: the kind of its violation, or what else happened. */
async function outcomes(statements: Readonly<Record<string, string>>, run: (sql: string) => Promise<unknown>) {
  const ended: Record<string, string> = {};
  for (const [what, sql] of Object.entries(statements)) {
    ended[what] = await run(sql).then(
      () => 'ran',
      (error: unknown) => (error instanceof UnscopedStatementError ? error.violation.kind : String(error)),
    );
  }
  return ended;
}

const refusedAs = (statements: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.keys(statements).map((what) => [what, /another store/.test(what) ? 'other_store' : 'missing']),
  );

describe.each(Object.entries(TEST_BACKENDS))('%s', (name, create) => {
  it('refuses every planted read, outside and inside a transaction', async () => {
    const { backend, guard } = await open(create, 'refuse');
    const outside = (sql: string) => backend.use(one, (database) => database.query(sql));
    const inside = (sql: string) => backend.use(one, (database) => inTransaction(database, sql));

    expect(await outcomes(READS, outside)).toEqual(refusedAs(READS));
    expect(await outcomes(READS, inside)).toEqual(refusedAs(READS));
    expect(guard.stats().violations).toBe(2 * Object.keys(READS).length);
  });

  it('refuses every planted write, and changes nothing', async () => {
    const { backend, guard } = await open(create, 'refuse');
    const commit = (sql: string) => backend.use(one, (database) => database.transaction((inside) => inside.query(sql)));

    expect(await outcomes(WRITES, commit)).toEqual(refusedAs(WRITES));
    expect(guard.stats().violations).toBe(Object.keys(WRITES).length);
    expect(await names(backend, one)).toEqual(['one']);
    expect(await names(backend, two)).toEqual(['two']);
  });

  it('says which table, where in the code, and what to write instead', async () => {
    const { backend } = await open(create, 'refuse');
    const sql = `SELECT * FROM customers c WHERE c.id = '${ID}'`;
    const site = /^server\/planted-statements\.integration\.test\.ts:\d+$/;

    const runs: readonly ((database: StoreDatabase) => Promise<unknown>)[] = [
      (database) => database.query(sql),
      (database) => inTransaction(database, sql),
    ];
    for (const run of runs) {
      await expect(backend.use(one, run)).rejects.toMatchObject({
        message: expect.stringMatching(/"customers".*planted-statements.*c\.store_id = \$n/),
        violation: { table: 'customers', callSite: expect.stringMatching(site) },
      });
    }
  });

  it('goes on after a refusal, with the same store and with others', async () => {
    const { backend } = await open(create, 'refuse');
    await backend.use(one, async (database) => {
      await expect(database.query('SELECT * FROM customers')).rejects.toThrow('customers.store_id');
      expect(await database.query('SELECT name FROM customers WHERE store_id = $1', [1])).toEqual([{ name: 'one' }]);
    });
    expect(await names(backend, two)).toEqual(['two']);
  });

  it('has nothing against what a backend itself does', async () => {
    const { backend, guard } = await open(create, 'refuse');
    await backend.use(one, async (database) => {
      const table = database.table(customers);
      await table.update({ id: ID }, { name: 'changed' });
      await database.transaction((inside) => inside.table(customers).findOne({ where: { name: 'changed' } }));
      expect(await table.count()).toBe(1);
      await table.delete({ id: ID });
    });
    await backend.migrateStore(one);
    await backend.migrations(one);
    await backend.check();
    await backend.size(one);
    // Also from inside another store's work.
    await backend.use(two, () => backend.drop(one));
    await backend.drop(one);
    expect(await names(backend, two)).toEqual(['two']);
    await backend.dropEverything();

    expect(guard.stats().violations).toBe(0);
  });

  it('log: lets them run, and counts and tells each', async () => {
    const { backend, guard } = await open(create, 'log');
    const told: unknown[] = [];
    guard.onViolation(({ kind, callSite }, storeId) => told.push([kind, callSite !== null, storeId]));
    const statements = {
      ...READS,
      update: 'UPDATE customers SET name = name',
      delete: "DELETE FROM customers WHERE name = 'nobody'",
    };

    const ended = await outcomes(statements, (sql) => backend.use(one, (database) => inTransaction(database, sql)));

    expect(new Set(Object.values(ended))).toEqual(new Set(['ran']));
    expect(guard.stats().violations).toBe(Object.keys(statements).length);
    expect(told).toHaveLength(Object.keys(statements).length);
    expect(told).toContainEqual(['missing', true, 1]);
    expect(told).toContainEqual(['other_store', true, 1]);
  });

  it('off: does not look; only what keeps stores apart below the guard is left', async () => {
    const { backend, guard } = await open(create, 'off');
    const sql = 'SELECT name FROM customers ORDER BY name';

    const rows = await backend.use(one, (database) => database.query<{ name: string }>(sql));

    expect(guard.stats().violations).toBe(0);
    // Shared tables of SQLite have no second net: this is what the guard is for.
    expect(rows.map((row) => row.name)).toEqual(name === 'sqlite/row' ? ['one', 'two'] : ['one']);
  });
});
