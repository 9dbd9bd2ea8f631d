import { columns, defineStoreTable, type StoreRow } from '../../database/model.ts';

export interface PageRow extends StoreRow {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  /** Cleaned when it was saved. */
  readonly bodyHtml: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

export interface MenuItem {
  readonly title: string;
  /** A path of the store, such as `/products`. */
  readonly url: string;
}

export interface MenuRow extends StoreRow {
  readonly id: string;
  /** `main` or `footer`. */
  readonly handle: string;
  readonly items: readonly MenuItem[];
}

export interface StoreSettingRow extends StoreRow {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
}

const { id, text, json, timestamp } = columns;

export const pages = defineStoreTable<PageRow>({
  table: 'pages',
  columns: {
    id,
    handle: text,
    title: text,
    bodyHtml: text,
    createdAt: timestamp,
    updatedAt: timestamp,
    deletedAt: timestamp,
  },
});

export const menus = defineStoreTable<MenuRow>({ table: 'menus', columns: { id, handle: text, items: json } });

export const storeSettings = defineStoreTable<StoreSettingRow>({
  table: 'store_settings',
  columns: { id, name: text, value: json },
});
