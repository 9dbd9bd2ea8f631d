import { v7 as uuidv7 } from 'uuid';
import type { StoreDatabase } from '../../database/store-database.ts';
import type { FindOptions, Where } from '../../database/table.ts';
import {
  type CategoryRow,
  type ProductRow,
  productCategories,
  productImages,
  products,
  productVariants,
  type StoredImage,
  type VariantRow,
} from './models.ts';
import { searchable, searchWords } from './search-text.ts';

export type { CategoryRow, ProductRow, StoredImage, VariantRow } from './models.ts';

/** What a product list needs; a product's texts stay in the database. */
export type ProductCardRow = Pick<
  ProductRow,
  | 'id'
  | 'handle'
  | 'title'
  | 'vendor'
  | 'priceMinor'
  | 'priceMaxMinor'
  | 'compareAtMinor'
  | 'isAvailable'
  | 'image'
  | 'tags'
>;

const CARD_COLUMNS = [
  'id',
  'handle',
  'title',
  'vendor',
  'priceMinor',
  'priceMaxMinor',
  'compareAtMinor',
  'isAvailable',
  'image',
  'tags',
] as const;

/** Orders a shopper can choose; the key is what stands in the URL. */
export const SORTS = {
  featured: [['position', 'asc']],
  newest: [
    ['publishedAt', 'desc'],
    ['position', 'asc'],
  ],
  'price-ascending': [
    ['priceMinor', 'asc'],
    ['position', 'asc'],
  ],
  'price-descending': [
    ['priceMinor', 'desc'],
    ['position', 'asc'],
  ],
  'title-ascending': [['title', 'asc']],
} as const satisfies Readonly<Record<string, NonNullable<FindOptions<ProductRow>['order']>>>;

export type SortName = keyof typeof SORTS;

export function isSortName(text: string): text is SortName {
  return Object.hasOwn(SORTS, text);
}

export interface ProductQuery {
  readonly categoryId?: string | undefined;
  /** Words that must all occur. */
  readonly search?: string | undefined;
  readonly sort?: SortName;
  readonly limit: number;
  readonly offset?: number;
}

/** One page of the active products, and how many there are in all. */
export async function listProducts(
  database: StoreDatabase,
  query: ProductQuery,
): Promise<{ readonly products: ProductCardRow[]; readonly total: number }> {
  const where: Where<ProductRow> = {
    status: 'active',
    ...(query.categoryId === undefined ? {} : { categoryId: query.categoryId }),
    ...(query.search === undefined
      ? {}
      : { searchText: searchWords(query.search).map((word) => ({ contains: word })) }),
  };
  const table = database.table(products);
  const offset = query.offset ?? 0;
  // One more than asked for: when it is not there, the list ends here and needs no counting.
  const found = await table.find({
    where,
    columns: CARD_COLUMNS,
    order: SORTS[query.sort ?? 'featured'],
    limit: query.limit + 1,
    offset,
  });
  const isLast = found.length <= query.limit && (found.length > 0 || offset === 0);
  const total = isLast ? offset + found.length : await table.count(where);
  return { products: found.slice(0, query.limit), total };
}

/** A product with everything its page shows. */
export interface ProductDetails {
  readonly product: ProductRow;
  readonly variants: readonly VariantRow[];
  readonly images: readonly StoredImage[];
}

/** An active product by its handle, or null. */
export async function findProduct(database: StoreDatabase, handle: string): Promise<ProductDetails | null> {
  const product = await database.table(products).findOne({ where: { handle, status: 'active' } });
  if (!product) return null;
  const [variants, images] = await Promise.all([
    database.table(productVariants).find({ where: { productId: product.id }, order: [['position', 'asc']] }),
    database.table(productImages).find({ where: { productId: product.id }, order: [['position', 'asc']] }),
  ]);
  return { product, variants, images: images.map((row) => row.image) };
}

/** Other products of the same category, else of the store. */
export async function relatedProducts(
  database: StoreDatabase,
  product: Pick<ProductRow, 'id' | 'categoryId'>,
  limit: number,
): Promise<ProductCardRow[]> {
  const order = SORTS.featured;
  const where: Where<ProductRow> = { status: 'active', id: { not: product.id } };
  const near = product.categoryId
    ? await database
        .table(products)
        .find({ where: { ...where, categoryId: product.categoryId }, columns: CARD_COLUMNS, order, limit })
    : [];
  if (near.length >= limit) return near;
  const others = await database.table(products).find({ where, columns: CARD_COLUMNS, order, limit: limit * 2 });
  return [...near, ...others.filter((other) => !near.some(({ id }) => id === other.id))].slice(0, limit);
}

/** Categories in their order, with the number of their active products. */
export async function listCategories(
  database: StoreDatabase,
): Promise<(CategoryRow & { readonly productCount: number; readonly image: StoredImage | null })[]> {
  const [categories, rows] = await Promise.all([
    database.table(productCategories).find({ order: [['position', 'asc']] }),
    database
      .table(products)
      .find({ where: { status: 'active' }, columns: ['categoryId', 'image'], order: SORTS.featured }),
  ]);
  return categories.map((category) => {
    const own = rows.filter((row) => row.categoryId === category.id);
    const image = own.find((row) => row.image?.file === category.imageFile)?.image ?? own[0]?.image ?? null;
    return { ...category, productCount: own.length, image };
  });
}

/** Every active product and its price, in the store's order. */
export async function listAllProducts(database: StoreDatabase): Promise<ProductCardRow[]> {
  return database.table(products).find({ where: { status: 'active' }, columns: CARD_COLUMNS, order: SORTS.featured });
}

export function countProducts(database: StoreDatabase): Promise<number> {
  return database.table(products).count({});
}

export interface NewVariant {
  readonly id?: string;
  readonly sku: string;
  readonly optionValues: readonly string[];
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  readonly stock: number;
  readonly grams: number;
  readonly imageFile: string | null;
}

export interface NewProduct {
  readonly id?: string;
  readonly categoryId: string | null;
  readonly handle: string;
  readonly title: string;
  /** Must be clean already. */
  readonly bodyHtml: string;
  readonly vendor: string;
  readonly type: string;
  readonly tags: readonly string[];
  readonly optionNames: readonly string[];
  readonly status: ProductRow['status'];
  readonly position: number;
  readonly publishedAt: Date;
  readonly variants: readonly [NewVariant, ...NewVariant[]];
  readonly images: readonly StoredImage[];
}

/** Adds a product with its variants and pictures. Call it inside a transaction. */
export function addProduct(database: StoreDatabase, input: NewProduct): Promise<void> {
  return addProducts(database, [input]);
}

/** Adds products with their variants and pictures, each table's rows together. Call it inside a transaction. */
export async function addProducts(database: StoreDatabase, inputs: readonly NewProduct[]): Promise<void> {
  const now = new Date();
  const all = inputs.map((input) => ({ ...input, id: input.id ?? uuidv7() }));
  await database.table(products).insert(...all.map((input) => productRow(input, now)));
  await database.table(productVariants).insert(
    ...all.flatMap(({ id, variants }) =>
      variants.map((variant, position) => ({
        ...variant,
        id: variant.id ?? uuidv7(),
        productId: id,
        title: variant.optionValues.join(' / '),
        position,
        createdAt: now,
        updatedAt: now,
      })),
    ),
  );
  await database
    .table(productImages)
    .insert(
      ...all.flatMap(({ id, images }) =>
        images.map((image, position) => ({ id: uuidv7(), productId: id, image, position })),
      ),
    );
}

function productRow({ variants, images, ...fields }: NewProduct & { readonly id: string }, now: Date) {
  const cheapest = variants.reduce(
    (best, variant) => (variant.priceMinor < best.priceMinor ? variant : best),
    variants[0],
  );
  return {
    ...fields,
    priceMinor: cheapest.priceMinor,
    priceMaxMinor: Math.max(...variants.map((variant) => variant.priceMinor)),
    compareAtMinor: cheapest.compareAtMinor,
    isAvailable: variants.some((variant) => variant.stock > 0),
    image: images[0] ?? null,
    searchText: searchable(fields.title, fields.vendor, fields.type, ...fields.tags),
    createdAt: now,
    updatedAt: now,
    metadata: {},
  };
}

export interface NewCategory {
  readonly id?: string;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly imageFile: string | null;
  readonly position: number;
}

/** Adds a category and returns its id. */
export async function addCategory(database: StoreDatabase, input: NewCategory): Promise<string> {
  const now = new Date();
  const id = input.id ?? uuidv7();
  await database.table(productCategories).insert({ ...input, id, createdAt: now, updatedAt: now, metadata: {} });
  return id;
}

/** Variants by their stock keeping units. */
export async function findVariants(
  database: StoreDatabase,
  skus: readonly string[],
): Promise<Map<string, VariantRow & { readonly productTitle: string }>> {
  const variants = await database.table(productVariants).find({ where: { sku: [...skus] } });
  const rows = await database
    .table(products)
    .find({ where: { id: variants.map((variant) => variant.productId) }, columns: ['id', 'title'] });
  const titles = new Map(rows.map((row) => [row.id, row.title]));
  return new Map(
    variants.map((variant) => [variant.sku, { ...variant, productTitle: titles.get(variant.productId) ?? '' }]),
  );
}
