import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Models } from './models.ts';

type Row = Readonly<Record<string, unknown>>;

/** Copies the stores of a data folder (a file a store) into the one database. */
export async function fillDatabase(models: Models, dataDir: string): Promise<void> {
  const platform = new BetterSqlite3(join(dataDir, 'platform.sqlite'), { readonly: true });
  const stores = platform.prepare<[], Row>("SELECT * FROM stores WHERE state = 'ready' ORDER BY id").all();
  platform.close();
  for (const store of stores) {
    const file = new BetterSqlite3(join(dataDir, 'stores', `store_${store['id']}.sqlite`), { readonly: true });
    await fillStore(models, store, file);
    file.close();
  }
}

async function fillStore(models: Models, store: Row, file: BetterSqlite3.Database): Promise<void> {
  const rows = (sql: string) => file.prepare<[], Row>(sql).all();
  const json = (sql: string): unknown => JSON.parse(file.prepare<[], string>(sql).pluck().get() ?? '{}');
  const storeId = Number(store['id']);
  await models.Store.create({
    id: storeId,
    ...pick(store, 'subdomain', 'name', 'currency', 'locale'),
    profile: json("SELECT value FROM store_settings WHERE name = 'profile'"),
    theme: json("SELECT settings FROM store_themes WHERE theme = 'meridian'"),
  });
  const menus = rows('SELECT * FROM menus');
  await models.Menu.bulkCreate(menus.map((row) => ({ storeId, handle: row['handle'], items: parsed(row['items']) })));
  const categories = rows('SELECT * FROM product_categories ORDER BY position');
  const categoryIds = new Map(categories.map((row, index) => [row['id'], storeId * 1000 + index]));
  await models.Category.bulkCreate(
    categories.map((row) => ({
      storeId,
      id: categoryIds.get(row['id']),
      ...pick(row, 'handle', 'title', 'description', 'position'),
    })),
  );
  const products = rows('SELECT * FROM products ORDER BY position');
  const productIds = new Map(products.map((row, index) => [row['id'], storeId * 1000 + index]));
  await models.Product.bulkCreate(
    products.map((row) => ({
      storeId,
      id: productIds.get(row['id']),
      categoryId: categoryIds.get(row['category_id']),
      ...pick(row, 'handle', 'title', 'vendor', 'status', 'position'),
      tags: parsed(row['tags']),
      image: parsed(row['image']),
      publishedAt: row['published_at'],
    })),
  );
  await models.Variant.bulkCreate(
    rows('SELECT * FROM product_variants').map((row) => ({
      productId: productIds.get(row['product_id']),
      ...pick(row, 'title', 'sku', 'stock', 'position'),
      priceMinor: row['price_minor'],
      compareAtMinor: row['compare_at_minor'],
    })),
  );
}

function pick(row: Row, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : null;
}
