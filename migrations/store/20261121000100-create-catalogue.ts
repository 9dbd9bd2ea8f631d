import type { Migration } from '../../server/database/migrator.ts';

/** Categories, products, their variants and pictures. References carry `store_id`, so none can cross stores. */
export const createCatalogue: Migration = {
  name: '20261121000100-create-catalogue',
  async up({ run, types: t }) {
    await run(`CREATE TABLE IF NOT EXISTS product_categories (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      handle TEXT NOT NULL,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      image_file TEXT,
      position ${t.integer} NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      updated_at ${t.timestamp} NOT NULL,
      deleted_at ${t.timestamp},
      metadata ${t.json} NOT NULL,
      UNIQUE (store_id, id),
      UNIQUE (store_id, handle)
    )`);
    await run(`CREATE TABLE IF NOT EXISTS products (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      category_id ${t.uuid},
      handle TEXT NOT NULL,
      title TEXT NOT NULL,
      body_html TEXT NOT NULL,
      vendor TEXT NOT NULL,
      type TEXT NOT NULL,
      tags ${t.json} NOT NULL,
      option_names ${t.json} NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('active', 'draft', 'archived')),
      price_minor ${t.integer} NOT NULL CHECK (price_minor >= 0),
      price_max_minor ${t.integer} NOT NULL,
      compare_at_minor ${t.integer},
      is_available ${t.boolean} NOT NULL,
      image ${t.json},
      search_text TEXT NOT NULL,
      position ${t.integer} NOT NULL,
      published_at ${t.timestamp} NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      updated_at ${t.timestamp} NOT NULL,
      deleted_at ${t.timestamp},
      metadata ${t.json} NOT NULL,
      UNIQUE (store_id, id),
      UNIQUE (store_id, handle),
      FOREIGN KEY (store_id, category_id) REFERENCES product_categories (store_id, id)
    )`);
    await run('CREATE INDEX IF NOT EXISTS idx_products_store_id ON products (store_id, status, position)');
    await run('CREATE INDEX IF NOT EXISTS idx_products_category ON products (store_id, category_id, position)');
    await run(`CREATE TABLE IF NOT EXISTS product_variants (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      product_id ${t.uuid} NOT NULL,
      title TEXT NOT NULL,
      sku TEXT NOT NULL,
      option_values ${t.json} NOT NULL,
      price_minor ${t.integer} NOT NULL CHECK (price_minor >= 0),
      compare_at_minor ${t.integer},
      stock ${t.integer} NOT NULL,
      grams ${t.integer} NOT NULL,
      image_file TEXT,
      position ${t.integer} NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      updated_at ${t.timestamp} NOT NULL,
      deleted_at ${t.timestamp},
      UNIQUE (store_id, id),
      UNIQUE (store_id, sku),
      FOREIGN KEY (store_id, product_id) REFERENCES products (store_id, id) ON DELETE CASCADE
    )`);
    await run(
      'CREATE INDEX IF NOT EXISTS idx_product_variants_product ON product_variants (store_id, product_id, position)',
    );
    await run(`CREATE TABLE IF NOT EXISTS product_images (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      product_id ${t.uuid} NOT NULL,
      image ${t.json} NOT NULL,
      position ${t.integer} NOT NULL,
      UNIQUE (store_id, id),
      FOREIGN KEY (store_id, product_id) REFERENCES products (store_id, id) ON DELETE CASCADE
    )`);
    await run(
      'CREATE INDEX IF NOT EXISTS idx_product_images_product ON product_images (store_id, product_id, position)',
    );
  },
  async down({ run }) {
    for (const table of ['product_images', 'product_variants', 'products', 'product_categories']) {
      await run(`DROP TABLE IF EXISTS ${table}`);
    }
  },
};
