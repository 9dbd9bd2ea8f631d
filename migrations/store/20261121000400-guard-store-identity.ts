import type { Migration } from '../../server/database/migrator.ts';

const TENANT_TABLES = [
  'product_categories',
  'products',
  'product_variants',
  'product_images',
  'customers',
  'orders',
  'order_items',
  'pages',
  'menus',
  'store_themes',
  'store_settings',
];

/**
 * Where a database holds one store, `store_identity` says which: a row of another store is refused by the
 * database itself, and a file that was swapped for another store's is noticed when it is opened.
 * Where stores share tables, `store_identity` stays empty and the triggers let every store pass.
 * On Postgres a check on `store_id` does the same (database/postgres/store-schema.ts); shared tables have row-level
 * security.
 */
export const guardStoreIdentity: Migration = {
  name: '20261121000400-guard-store-identity',
  async up({ engine, run, types: t }) {
    await run(`CREATE TABLE IF NOT EXISTS store_identity (store_id ${t.integer} PRIMARY KEY NOT NULL)`);
    if (engine !== 'sqlite') return;
    for (const table of TENANT_TABLES) {
      for (const [event, name] of [
        ['INSERT', 'insert'],
        ['UPDATE OF store_id', 'update'],
      ]) {
        await run(`CREATE TRIGGER IF NOT EXISTS guard_${table}_${name} BEFORE ${event} ON ${table}
          WHEN EXISTS (SELECT 1 FROM store_identity WHERE store_id <> NEW.store_id)
          BEGIN SELECT RAISE(ABORT, 'a row of another store was refused'); END`);
      }
    }
  },
  async down({ engine, run }) {
    if (engine === 'sqlite') {
      for (const table of TENANT_TABLES) {
        await run(`DROP TRIGGER IF EXISTS guard_${table}_insert`);
        await run(`DROP TRIGGER IF EXISTS guard_${table}_update`);
      }
    }
    await run('DROP TABLE IF EXISTS store_identity');
  },
};
