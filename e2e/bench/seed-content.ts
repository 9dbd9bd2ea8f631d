/** What every store of the benchmarks sells: made up from numbers, the same in every run. */
import type { StoreDatabase } from '../../server/database/store-database.ts';
import { addCategory, addProduct, type StoredImage } from '../../server/modules/catalog/service.ts';
import { writeMenu, writeProfile, writeThemeValues } from '../../server/modules/cms/service.ts';

export const PRODUCTS_PER_STORE = 24;
const CATEGORIES = ['Tableware', 'Kitchen', 'Textiles', 'Lighting'];
const KINDS = ['Stoneware Mug', 'Everyday Bowl', 'Oak Stool', 'Linen Cushion', 'Pendant Lamp', 'Pepper Mill'];
const SIZES = ['Small', 'Large'];
const FIRST_DAY = Date.UTC(2026, 0, 5, 8);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Fills a new store, which has its page, with 24 products in four categories, menus and its own colours. */
export async function seedContent(number: number, database: StoreDatabase): Promise<void> {
  const categories: string[] = [];
  for (const [position, title] of CATEGORIES.entries()) {
    const handle = title.toLowerCase();
    const description = `${title} for every day, made in small batches.`;
    categories.push(await addCategory(database, { handle, title, description, imageFile: null, position }));
  }
  for (let position = 0; position < PRODUCTS_PER_STORE; position += 1)
    await seedProduct(database, number, position, categories[position % categories.length] ?? null);
  const links = CATEGORIES.map((title) => ({ title, url: `/collections/${title.toLowerCase()}` }));
  await writeMenu(database, 'main', [{ title: 'All products', url: '/products' }, ...links]);
  await writeMenu(database, 'footer', [{ title: 'About', url: '/pages/about' }]);
  const accent = `#${String(100_000 + number * 7).slice(-6)}`;
  await writeThemeValues(database, 'meridian', { color_primary: '#1f2a2e', color_accent: accent });
  await writeProfile(database, {
    tagline: 'Things that last',
    description: `Shop number ${number}: plain things for table and home.`,
    hero: null,
  });
}

async function seedProduct(
  database: StoreDatabase,
  number: number,
  position: number,
  categoryId: string | null,
): Promise<void> {
  const title = `${KINDS[position % KINDS.length]} No. ${number}-${position + 1}`;
  const handle = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const variant = (size: string, at: number) => ({
    sku: `${handle}-${size.toLowerCase()}`,
    optionValues: [size],
    priceMinor: 1500 + position * 250 + at * (position % 3) * 400,
    compareAtMinor: position % 5 === 0 ? 9900 : null,
    stock: position % 7 === 6 ? 0 : 12,
    grams: 350,
    imageFile: null,
  });
  await addProduct(database, {
    categoryId,
    handle,
    title,
    bodyHtml: `<p>${title} is thrown by hand, so no two are quite the same.</p><ul><li>Dishwasher safe</li></ul>`,
    vendor: 'Atelier & Daughters',
    type: KINDS[position % KINDS.length] ?? '',
    tags: position % 4 === 0 ? ['new', 'gift'] : ['gift'],
    optionNames: ['Size'],
    status: 'active',
    position,
    publishedAt: new Date(FIRST_DAY + position * DAY_MS),
    variants: [variant('Small', 0), ...SIZES.slice(1).map((size) => variant(size, 1))],
    images: [picture(handle, 1, title), picture(handle, 2, title)],
  });
}

/** Pages only name pictures, so the files need not exist. */
function picture(handle: string, number: number, title: string): StoredImage {
  return {
    file: `products/${handle}-${number}.webp`,
    alt: `${title} on oak`,
    width: 1200,
    height: 1500,
    widths: [480],
  };
}
