import { v7 as uuidv7 } from 'uuid';
import type { StoreDatabase } from '../../database/store-database.ts';
import type { SettingValues } from '../../themes/settings.ts';
import { storeThemes } from '../../themes/tables.ts';
import { cleanHtml } from './clean-html.ts';
import { type MenuItem, menus, type PageRow, pages, storeSettings } from './models.ts';
import { EMPTY_PROFILE, profileSchema, type StoreProfile } from './profile.ts';

export { cleanHtml } from './clean-html.ts';
export type { MenuItem } from './models.ts';
export type { StoreProfile } from './profile.ts';

/** How a store presents itself. A stored profile that cannot be read counts as none. */
export async function readProfile(database: StoreDatabase): Promise<StoreProfile> {
  const row = await database.table(storeSettings).findOne({ where: { name: 'profile' } });
  const parsed = profileSchema.safeParse(row?.value ?? {});
  return parsed.success ? parsed.data : EMPTY_PROFILE;
}

export async function writeProfile(database: StoreDatabase, profile: StoreProfile): Promise<void> {
  await database.transaction(async (inside) => {
    await inside.table(storeSettings).delete({ name: 'profile' });
    await inside.table(storeSettings).insert({ id: uuidv7(), name: 'profile', value: profile });
  });
}

/** The store's own values for a theme; empty when it has none. */
export async function readThemeValues(database: StoreDatabase, theme: string): Promise<SettingValues> {
  const row = await database.table(storeThemes).findOne({ where: { theme } });
  return row?.settings ?? {};
}

export async function writeThemeValues(database: StoreDatabase, theme: string, settings: SettingValues): Promise<void> {
  await database.transaction(async (inside) => {
    await inside.table(storeThemes).delete({ theme });
    await inside.table(storeThemes).insert({ id: uuidv7(), theme, settings, isActive: true, updatedAt: new Date() });
  });
}

/** The links of a menu; none when the store has no such menu. */
export async function readMenu(database: StoreDatabase, handle: 'main' | 'footer'): Promise<readonly MenuItem[]> {
  const row = await database.table(menus).findOne({ where: { handle } });
  return row?.items ?? [];
}

export async function writeMenu(
  database: StoreDatabase,
  handle: 'main' | 'footer',
  items: readonly MenuItem[],
): Promise<void> {
  await database.transaction(async (inside) => {
    await inside.table(menus).delete({ handle });
    await inside.table(menus).insert({ id: uuidv7(), handle, items });
  });
}

export function findPage(database: StoreDatabase, handle: string): Promise<PageRow | null> {
  return database.table(pages).findOne({ where: { handle } });
}

export interface NewPage {
  readonly id?: string;
  readonly handle: string;
  readonly title: string;
  /** Cleaned here. */
  readonly bodyHtml: string;
}

export async function addPage(database: StoreDatabase, input: NewPage): Promise<void> {
  const now = new Date();
  await database.table(pages).insert({
    ...input,
    id: input.id ?? uuidv7(),
    bodyHtml: cleanHtml(input.bodyHtml),
    createdAt: now,
    updatedAt: now,
  });
}
