/** Stores by hand: one prepared look-up a request, each store's file opened once and kept with its statements. */
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { PAGE_SIZE, type Picture, type ProductData, type ShopData } from '../page/catalogue-locals.ts';
import { cssVariables, settingsOf } from '../page/meridian.ts';

export interface Store {
  /** Read once, kept. */
  readonly shop: ShopData;
  /** One more than a page: when it is not there, the list ends and needs no counting. */
  products(sort: string, offset: number): ProductData[];
  countProducts(): number;
}

interface StoreRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly locale: string;
}

interface ProductRow extends Omit<ProductData, 'tags' | 'image' | 'isAvailable'> {
  readonly isAvailable: number;
  readonly tags: string;
  readonly image: string | null;
}

const LIVE = "store_id = ? AND status = 'active' AND deleted_at IS NULL";
const ORDERS: Readonly<Record<string, string>> = {
  featured: 'position',
  newest: 'published_at DESC, position',
  'price-ascending': 'price_minor, position',
  'price-descending': 'price_minor DESC, position',
  'title-ascending': 'title',
};

/** Opens the platform's file; stores are opened when they are asked for. */
export function openStores(dataDir: string): { find(subdomain: string): Store | null } {
  const platform = new BetterSqlite3(join(dataDir, 'platform.sqlite'), { readonly: true });
  const bySubdomain = platform.prepare<[string], StoreRow>(
    "SELECT id, code, name, currency, locale FROM stores WHERE subdomain = ? AND state = 'ready' AND is_active = 1",
  );
  const opened = new Map<number, Store>();
  return {
    find(subdomain) {
      const row = bySubdomain.get(subdomain);
      if (!row) return null;
      let store = opened.get(row.id);
      if (!store) {
        store = openStore(row, join(dataDir, 'stores', `store_${row.id}.sqlite`));
        opened.set(row.id, store);
      }
      return store;
    },
  };
}

function openStore(row: StoreRow, filename: string): Store {
  const database = new BetterSqlite3(filename, { readonly: true });
  const count = database.prepare<[number], number>(`SELECT count(*) FROM products WHERE ${LIVE}`).pluck();
  const pages = new Map<string, BetterSqlite3.Statement<[number, number, number], ProductRow>>();
  for (const [sort, order] of Object.entries(ORDERS)) {
    const sql = `SELECT handle, title, vendor, price_minor AS priceMinor, price_max_minor AS priceMaxMinor,
      compare_at_minor AS compareAtMinor, is_available AS isAvailable, tags, image
      FROM products WHERE ${LIVE} ORDER BY ${order} LIMIT ? OFFSET ?`;
    pages.set(sort, database.prepare(sql));
  }
  return {
    shop: readShop(database, row),
    products: (sort, offset) => (pages.get(sort)?.all(row.id, PAGE_SIZE + 1, offset) ?? []).map(readProduct),
    countProducts: () => count.get(row.id) ?? 0,
  };
}

function readProduct(row: ProductRow): ProductData {
  return {
    ...row,
    isAvailable: row.isAvailable === 1,
    tags: JSON.parse(row.tags),
    image: row.image === null ? null : JSON.parse(row.image),
  };
}

function readShop(database: BetterSqlite3.Database, row: StoreRow): ShopData {
  const json = (sql: string): unknown => JSON.parse(database.prepare<[], string>(sql).pluck().get() ?? 'null');
  const settings = settingsOf(
    (json("SELECT settings FROM store_themes WHERE theme = 'meridian'") ?? {}) as ShopData['settings'],
  );
  const categories = database
    .prepare<[number], Omit<ShopData['categories'][number], 'image'> & { readonly image: string | null }>(
      `SELECT handle, title, description,
        (SELECT count(*) FROM products WHERE category_id = c.id AND ${LIVE.replace('?', 'c.store_id')}) AS productCount,
        (SELECT image FROM products WHERE category_id = c.id AND ${LIVE.replace('?', 'c.store_id')} ORDER BY position LIMIT 1) AS image
      FROM product_categories c WHERE store_id = ? AND deleted_at IS NULL ORDER BY position`,
    )
    .all(row.id);
  return {
    ...row,
    profile: json("SELECT value FROM store_settings WHERE name = 'profile'") as ShopData['profile'],
    settings,
    cssVariables: cssVariables(settings),
    mainMenu: json("SELECT items FROM menus WHERE handle = 'main'") as ShopData['mainMenu'],
    footerMenu: json("SELECT items FROM menus WHERE handle = 'footer'") as ShopData['footerMenu'],
    categories: categories.map((category) => ({
      ...category,
      image: category.image === null ? null : (JSON.parse(category.image) as Picture),
    })),
  };
}
