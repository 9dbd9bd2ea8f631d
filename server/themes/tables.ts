import { columns, defineStoreTable, type StoreRow } from '../database/model.ts';
import type { SettingValues } from './settings.ts';

/** A store's values for one theme. Theme code is shared; values belong to the store. */
export interface StoreThemeRow extends StoreRow {
  readonly id: string;
  readonly theme: string;
  readonly settings: SettingValues;
  readonly isActive: boolean;
  readonly updatedAt: Date;
}

export const storeThemes = defineStoreTable<StoreThemeRow>({
  table: 'store_themes',
  columns: {
    id: columns.id,
    theme: columns.text,
    settings: columns.json,
    isActive: columns.boolean,
    updatedAt: columns.timestamp,
  },
});
