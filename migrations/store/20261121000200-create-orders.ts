import type { Migration } from '../../server/database/migrator.ts';

/** Customers and their orders. */
export const createOrders: Migration = {
  name: '20261121000200-create-orders',
  async up({ run, types: t }) {
    await run(`CREATE TABLE IF NOT EXISTS customers (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      email TEXT NOT NULL,
      name TEXT NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      deleted_at ${t.timestamp},
      metadata ${t.json} NOT NULL,
      UNIQUE (store_id, id),
      UNIQUE (store_id, email)
    )`);
    await run(`CREATE TABLE IF NOT EXISTS orders (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      customer_id ${t.uuid},
      order_number TEXT NOT NULL,
      email TEXT NOT NULL,
      status TEXT NOT NULL,
      currency TEXT NOT NULL,
      total_minor ${t.integer} NOT NULL CHECK (total_minor >= 0),
      placed_at ${t.timestamp} NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      metadata ${t.json} NOT NULL,
      UNIQUE (store_id, id),
      UNIQUE (store_id, order_number),
      FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id)
    )`);
    await run('CREATE INDEX IF NOT EXISTS idx_orders_placed ON orders (store_id, placed_at)');
    await run(`CREATE TABLE IF NOT EXISTS order_items (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      order_id ${t.uuid} NOT NULL,
      variant_id ${t.uuid},
      title TEXT NOT NULL,
      sku TEXT NOT NULL,
      quantity ${t.integer} NOT NULL CHECK (quantity > 0),
      unit_price_minor ${t.integer} NOT NULL,
      total_minor ${t.integer} NOT NULL,
      UNIQUE (store_id, id),
      FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id) ON DELETE CASCADE,
      FOREIGN KEY (store_id, variant_id) REFERENCES product_variants (store_id, id)
    )`);
    await run('CREATE INDEX IF NOT EXISTS idx_order_items_order ON order_items (store_id, order_id)');
  },
  async down({ run }) {
    for (const table of ['order_items', 'orders', 'customers']) await run(`DROP TABLE IF EXISTS ${table}`);
  },
};
