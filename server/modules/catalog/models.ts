import { columns, defineStoreTable, type StoreRow } from '../../database/model.ts';

/** A picture of the store's storage. `widths` has one file each: `name@480.webp` beside `name.webp`. */
export interface StoredImage {
  readonly file: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** Widths of the smaller versions, in pixels. */
  readonly widths: readonly number[];
}

export interface CategoryRow extends StoreRow {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly imageFile: string | null;
  readonly position: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface ProductRow extends StoreRow {
  readonly id: string;
  readonly categoryId: string | null;
  readonly handle: string;
  readonly title: string;
  /** Cleaned when it was saved. */
  readonly bodyHtml: string;
  readonly vendor: string;
  readonly type: string;
  readonly tags: readonly string[];
  /** Empty for a product without options. */
  readonly optionNames: readonly string[];
  readonly status: 'active' | 'draft' | 'archived';
  /** The cheapest variant's price in minor units; with the next four, kept in step with the variants. */
  readonly priceMinor: number;
  readonly priceMaxMinor: number;
  readonly compareAtMinor: number | null;
  readonly isAvailable: boolean;
  readonly image: StoredImage | null;
  /** Title, vendor, type and tags in lower case without accents. */
  readonly searchText: string;
  readonly position: number;
  readonly publishedAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface VariantRow extends StoreRow {
  readonly id: string;
  readonly productId: string;
  readonly title: string;
  readonly sku: string;
  /** In the order of the product's `optionNames`. */
  readonly optionValues: readonly string[];
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  readonly stock: number;
  readonly grams: number;
  readonly imageFile: string | null;
  readonly position: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

export interface ProductImageRow extends StoreRow {
  readonly id: string;
  readonly productId: string;
  readonly image: StoredImage;
  readonly position: number;
}

const { id, uuid, text, integer, boolean, json, timestamp } = columns;

export const productCategories = defineStoreTable<CategoryRow>({
  table: 'product_categories',
  columns: {
    id,
    handle: text,
    title: text,
    description: text,
    imageFile: text,
    position: integer,
    createdAt: timestamp,
    updatedAt: timestamp,
    deletedAt: timestamp,
    metadata: json,
  },
});

export const products = defineStoreTable<ProductRow>({
  table: 'products',
  columns: {
    id,
    categoryId: uuid,
    handle: text,
    title: text,
    bodyHtml: text,
    vendor: text,
    type: text,
    tags: json,
    optionNames: json,
    status: text,
    priceMinor: integer,
    priceMaxMinor: integer,
    compareAtMinor: integer,
    isAvailable: boolean,
    image: json,
    searchText: text,
    position: integer,
    publishedAt: timestamp,
    createdAt: timestamp,
    updatedAt: timestamp,
    deletedAt: timestamp,
    metadata: json,
  },
});

export const productVariants = defineStoreTable<VariantRow>({
  table: 'product_variants',
  columns: {
    id,
    productId: uuid,
    title: text,
    sku: text,
    optionValues: json,
    priceMinor: integer,
    compareAtMinor: integer,
    stock: integer,
    grams: integer,
    imageFile: text,
    position: integer,
    createdAt: timestamp,
    updatedAt: timestamp,
    deletedAt: timestamp,
  },
});

export const productImages = defineStoreTable<ProductImageRow>({
  table: 'product_images',
  columns: { id, productId: uuid, image: json, position: integer },
});
