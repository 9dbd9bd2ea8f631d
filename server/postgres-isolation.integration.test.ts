/** What Postgres itself refuses, with the scope guard off: the second net under the code. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPostgresPool } from './database/postgres/pool.ts';
import type { StoreBackend, StoreDatabase, StoreRef } from './database/store-database.ts';
import { customers } from './modules/customers/models.ts';
import { startTestPostgres } from './testing/postgres-cluster.ts';
import { createTestDatabase, runSql } from './testing/postgres-server.ts';
import { settingsOf, shapeOf, TEST_BACKENDS } from './testing/test-backends.ts';

const one: StoreRef = { id: 1, code: 'one', schemaName: 'one' };
const two: StoreRef = { id: 2, code: 'two', schemaName: 'two' };
const customer = (number: number) => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  email: `c${number}@x`,
  name: `c${number}`,
  createdAt: new Date(),
  metadata: {},
});
const add = (backend: StoreBackend, store: StoreRef, number: number) =>
  backend.use(store, (database) => database.table(customers).insert(customer(number)));
const emails = (database: StoreDatabase) => database.query<{ email: string }>('SELECT email FROM customers');

async function prepared(name: 'postgres/row' | 'postgres/schema' | 'postgres/database') {
  const url = await TEST_BACKENDS[name].place();
  const backend = TEST_BACKENDS[name].open(url);
  await backend.migrate();
  for (const store of [one, two]) {
    await backend.create(store);
    await add(backend, store, store.id);
  }
  return { url, backend };
}

describe('postgres/row', () => {
  it('shows a statement without any predicate the rows of its own store alone', async () => {
    const { backend } = await prepared('postgres/row');

    expect(await backend.use(one, emails)).toEqual([{ email: 'c1@x' }]);
    expect(await backend.use(two, (database) => database.transaction(emails))).toEqual([{ email: 'c2@x' }]);
    const joined = 'SELECT a.email FROM customers a JOIN customers b ON true UNION SELECT email FROM customers';
    expect(await backend.use(one, (database) => database.query(joined))).toEqual([{ email: 'c1@x' }]);
  });

  it('refuses a write of another store’s row, and changes none', async () => {
    const { backend, url } = await prepared('postgres/row');

    const stolen = backend.use(one, (database) =>
      database.transaction((inside) => inside.query("UPDATE customers SET store_id = 2 RETURNING 'moved' AS done")),
    );

    await expect(stolen).rejects.toMatchObject({ code: 'cross_store_row' });
    const all = await backend.use(one, (database) =>
      database.transaction((inside) => inside.query("UPDATE customers SET name = 'x' RETURNING store_id")),
    );
    expect(all).toEqual([{ store_id: 1 }]);
    expect((await runSql(url, (client) => client.query('SELECT name FROM stores.customers ORDER BY 1'))).rows).toEqual([
      { name: 'c2' },
      { name: 'x' },
    ]);
  });

  it('runs as a role that cannot bypass the policies, which bind the owner as well', async () => {
    const { backend, url } = await prepared('postgres/row');

    const [role] = await backend.use(one, (database) =>
      database.query('SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = current_user'),
    );
    expect(role).toEqual({ rolname: 'orion_app', rolsuper: false, rolbypassrls: false, rolcanlogin: false });
    const { rows } = await runSql(url, (client) =>
      client.query(`SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'stores' AND c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`),
    );
    expect(rows.map((row) => row.relname).sort()).toEqual(['schema_migrations', 'store_identity']);
  });

  it('is made for several platforms of one server at the same moment, though they share the role', async () => {
    // A server of its own: on the shared one, the role is there already.
    const postgres = await startTestPostgres();
    onTestFinished(() => postgres.stop());
    const urls = await Promise.all(Array.from({ length: 6 }, () => createTestDatabase({ on: postgres.url })));

    await Promise.all(urls.map((url) => TEST_BACKENDS['postgres/row'].open(url).migrate()));
  });

  it('shows nothing to a transaction that names no store', async () => {
    const { url } = await prepared('postgres/row');

    const { rows } = await runSql(url, async (client) => {
      await client.query('BEGIN; SET LOCAL ROLE orion_app');
      return client.query('SELECT * FROM stores.customers');
    });
    expect(rows).toEqual([]);
  });
});

describe.each(['postgres/row', 'postgres/schema', 'postgres/database'] as const)('%s', (name) => {
  it('lends a connection to nobody who kept the handle of a transaction that has ended', async () => {
    const { backend } = await prepared(name);
    for (const end of [async () => undefined, () => Promise.reject(new Error('half way'))]) {
      let late: StoreDatabase | null = null;
      await backend
        .use(one, (database) =>
          database.transaction(async (inside) => {
            late = inside;
            await end();
          }),
        )
        .catch(() => undefined);

      const kept = late as unknown as StoreDatabase;
      await expect(kept.query('SELECT 1 AS done')).rejects.toThrow('The transaction has ended');
      await expect(kept.table(customers).find()).rejects.toThrow('The transaction has ended');
    }
  });
});

describe('postgres/database', () => {
  it('answers 503 to work that was under way when its store was removed', async () => {
    const { backend } = await prepared('postgres/database');
    let drop: Promise<void> = Promise.resolve();

    const work = backend.use(one, async (database) => {
      drop = backend.drop(one);
      await Promise.resolve();
      return database.table(customers).find();
    });

    await expect(work).rejects.toMatchObject({ status: 503, code: 'database_gone' });
    await drop;
  });

  it('removes its own databases and none of a platform whose name begins the same', async () => {
    const url = await TEST_BACKENDS['postgres/database'].place();
    const longer = `${url}_store`;
    const { database } = settingsOf(url);
    await runSql(url, (client) => client.query(`CREATE DATABASE ${database}_store`));
    const [own, other] = [url, longer].map((place) => TEST_BACKENDS['postgres/database'].open(place));
    for (const backend of [own, other]) {
      await backend?.migrate();
      await backend?.create(one);
    }

    await own?.dropEverything();

    const { rows } = await runSql(longer, (client) =>
      client.query(`SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1`, [`${database}_`]),
    );
    expect(rows.map((row) => row.datname)).toEqual(
      ['', '_store_1', '_store_template'].map((end) => `${database}_store${end}`),
    );
    await other?.dropEverything();
  });
});

describe('postgres/schema', () => {
  it('takes no schema that is somebody else’s, and says so', async () => {
    const { url, backend } = await prepared('postgres/schema');
    await runSql(url, (client) => client.query('CREATE SCHEMA three'));

    const taken = backend.create({ id: 3, code: 'three', schemaName: 'three' });

    await expect(taken).rejects.toMatchObject({ status: 409, code: 'schema_taken' });
  });
});

describe.each(['postgres/schema', 'postgres/database'] as const)('%s', (name) => {
  const tableOf = (url: string, store: StoreRef) =>
    name === 'postgres/schema'
      ? { url, table: `"${store.schemaName}".customers`, schema: store.schemaName }
      : { url: `${url}_store_${store.id}`, table: 'public.customers', schema: 'public' };

  it('refuses a row of another store in the database itself, also from outside this program', async () => {
    const { url } = await prepared(name);
    const own = tableOf(url, one);

    await expect(
      runSql(own.url, (client) => client.query(`UPDATE ${own.table} SET store_id = 2`)),
    ).rejects.toMatchObject({ constraint: 'only_this_store' });
  });

  it('does not open what belongs to another store, and leaves the other one alone', async () => {
    const { url, backend } = await prepared(name);
    await backend.close();
    const own = tableOf(url, one);
    await runSql(own.url, (client) => client.query(`UPDATE "${own.schema}".store_identity SET store_id = 7`));
    const again = TEST_BACKENDS[name].open(url);

    await expect(again.use(one, emails)).rejects.toMatchObject({ status: 503, code: 'store_data_mismatch' });
    expect(await again.use(two, emails)).toEqual([{ email: 'c2@x' }]);
  });

  it('says what is missing, and leaves the other store alone', async () => {
    const { url, backend } = await prepared(name);
    await backend.drop(one);

    await expect(backend.use(one, emails)).rejects.toMatchObject({ status: 503, code: 'store_data_missing' });
    expect(await backend.use(two, emails)).toEqual([{ email: 'c2@x' }]);
    const again = TEST_BACKENDS[name].open(url);
    await expect(again.use(one, emails)).rejects.toMatchObject({ status: 503, code: 'store_data_missing' });
  });

  it('says that it cannot make a store while the template is damaged, and makes it afterwards', async () => {
    const { url, backend } = await prepared(name);
    const three: StoreRef = { id: 3, code: 'three', schemaName: 'three' };
    const from =
      name === 'postgres/schema' ? 'SCHEMA store_template' : `DATABASE "${settingsOf(url).database}_store_template"`;
    await runSql(url, (client) => client.query(`ALTER ${from} RENAME TO "${settingsOf(url).database}_away"`));

    await expect(backend.create(three)).rejects.toMatchObject({ status: 503, code: 'store_data_missing' });

    await runSql(url, (client) =>
      client.query(
        `ALTER ${from.replace(/ .*/, '')} "${settingsOf(url).database}_away" RENAME TO ${from.replace(/^\w+ /, '')}`,
      ),
    );
    await backend.create(three);
    await add(backend, three, 3);
  });

  it('makes a template that lost a table again, before a new store lacks it', async () => {
    const { url, backend } = await prepared(name);
    await backend.close();
    const at =
      name === 'postgres/schema'
        ? { url, schema: 'store_template' }
        : { url: `${url}_store_template`, schema: 'public' };
    await runSql(at.url, (client) => client.query(`DROP TABLE "${at.schema}".order_items`));
    const again = TEST_BACKENDS[name].open(url);
    await again.migrate();
    await again.create({ id: 3, code: 'three', schemaName: 'three' });

    const made = await shapeOf(tableOf(url, one).url, tableOf(url, one).schema);
    const three = tableOf(url, { id: 3, code: 'three', schemaName: 'three' });
    expect((await shapeOf(three.url, three.schema)).map((line) => line.replace('= 3', '= 1'))).toEqual(made);
  });

  it('makes a new store’s tables as its migrations would, name for name', async () => {
    const { url } = await prepared(name);
    const template = tableOf(url, { ...one, schemaName: 'store_template' });
    const templateUrl = name === 'postgres/schema' ? url : `${url}_store_template`;

    const made = await shapeOf(tableOf(url, one).url, tableOf(url, one).schema);
    const migrated = await shapeOf(templateUrl, template.schema);
    expect(made.filter((line) => !line.includes('only_this_store'))).toEqual(migrated);
    expect(made.filter((line) => line.includes('only_this_store')).length).toBeGreaterThan(10);
  });
});

describe('a pool of connections', () => {
  it('closes a connection that comes back with another search_path or role, and tells', async () => {
    const url = await TEST_BACKENDS['postgres/schema'].place();
    const told: string[] = [];
    const pool = createPostgresPool(settingsOf(url), { max: 1, onChangedSession: (what) => told.push(what) });
    const session = () =>
      pool.use(async (client) => (await client.query('SELECT pg_backend_pid() AS pid')).rows[0]?.pid as number);

    const first = await session();
    await pool.use((client) => client.query('SET search_path = pg_catalog'));
    const second = await session();
    await pool.use((client) => client.query("SELECT set_config('orion.store_id', '7', false)"));
    const third = await session();
    await pool.use(async (client) => {
      await client.query('BEGIN');
      await client.query('SET LOCAL search_path = pg_catalog');
      await client.query('COMMIT');
    });

    expect(new Set([first, second, third]).size).toBe(3);
    expect(await session()).toBe(third);
    expect(told).toEqual(['search_path was left at pg_catalog', 'store 7 was left']);
    await pool.close();
  });

  it('answers again after its connections were cut', async () => {
    const url = await TEST_BACKENDS['postgres/schema'].place();
    const backend = TEST_BACKENDS['postgres/schema'].open(url);
    await backend.migrate();
    await backend.create(one);
    await add(backend, one, 1);
    const slow = backend.use(one, (database) => database.query('SELECT pg_sleep(60)'));
    const cut = expect(slow).rejects.toMatchObject({ status: 503, code: 'database_unreachable' });

    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
      AND pid <> pg_backend_pid() AND query LIKE '%pg_sleep%'`;
    await expect
      .poll(async () => (await runSql(url, (client) => client.query(kill))).rowCount, { timeout: 20_000 })
      .toBe(1);
    await cut;

    expect(await backend.use(one, emails)).toEqual([{ email: 'c1@x' }]);
  });
});
