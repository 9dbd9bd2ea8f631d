import { LRUCache } from 'lru-cache';
import type { StoreBackend } from '../../database/store-database.ts';
import type { StoreSummary } from '../../tenancy/resolution.ts';
import { cssVariables, type SettingValues } from '../../themes/settings.ts';
import type { Theme } from '../../themes/theme.ts';
import { listCategories } from '../catalog/service.ts';
import { type MenuItem, readMenu, readProfile, readThemeValues, type StoreProfile } from '../cms/service.ts';

export type CategorySummary = Awaited<ReturnType<typeof listCategories>>[number];

/** What every page of a store shows: read once, kept until the store changes. */
export interface ShopContext {
  readonly store: StoreSummary;
  readonly profile: StoreProfile;
  readonly settings: SettingValues;
  readonly cssVariables: string;
  readonly menus: { readonly main: readonly MenuItem[]; readonly footer: readonly MenuItem[] };
  readonly categories: readonly CategorySummary[];
}

const SHOPS_KEPT = 500;

/** Reads shops through a bounded cache. Whoever changes a store's content calls {@link ShopContexts.forget}. */
export class ShopContexts {
  readonly #backend: StoreBackend;
  readonly #theme: Theme;
  readonly #cache = new LRUCache<number, ShopContext>({ max: SHOPS_KEPT });
  #generation = 0;

  constructor(backend: StoreBackend, theme: Theme) {
    this.#backend = backend;
    this.#theme = theme;
  }

  get theme(): Theme {
    return this.#theme;
  }

  async of(store: StoreSummary): Promise<ShopContext> {
    const known = this.#cache.get(store.id);
    if (known && known.store === store) return known;
    const asked = this.#generation;
    const shop = await this.#load(store);
    if (asked === this.#generation) this.#cache.set(store.id, shop);
    return shop;
  }

  /** A store's shop with the theme settings of another; never kept. */
  async withThemeOf(store: StoreSummary, other: StoreSummary): Promise<ShopContext> {
    const [shop, { settings, cssVariables: variables }] = await Promise.all([this.of(store), this.of(other)]);
    return Object.freeze({ ...shop, settings, cssVariables: variables });
  }

  forget(storeId: number): void {
    this.#generation += 1;
    this.#cache.delete(storeId);
  }

  /** Drops everything known. */
  forgetAll(): void {
    this.#generation += 1;
    this.#cache.clear();
  }

  #load(store: StoreSummary): Promise<ShopContext> {
    return this.#backend.use(store, async (database) => {
      const [profile, ofStore, main, footer, categories] = await Promise.all([
        readProfile(database),
        readThemeValues(database, this.#theme.id),
        readMenu(database, 'main'),
        readMenu(database, 'footer'),
        listCategories(database),
      ]);
      const settings = this.#theme.valuesFor({ ...colorsOf(store), ...ofStore });
      return Object.freeze({
        store,
        profile,
        settings,
        cssVariables: cssVariables(settings),
        menus: { main, footer },
        categories,
      });
    });
  }
}

/** A store's own colour leads where its theme settings name no other. */
function colorsOf(store: StoreSummary): SettingValues {
  return { color_primary: store.color, color_accent: store.color };
}
