/**
 * What a theme's templates are given. Templates see these shapes and nothing else: plain JSON values
 * plus the few functions of {@link ThemeHelpers}. Every template name has its own entry in {@link PageModels}.
 */

/** A picture in one or more sizes, ready for `srcset`; width and height are those of `src`, so nothing jumps while it loads. */
export interface ImageView {
  readonly src: string;
  /** `url 480w, url 960w`, or an empty string when only one size exists. */
  readonly srcset: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** The store as its shoppers see it. */
export interface ShopView {
  readonly code: string;
  readonly name: string;
  readonly tagline: string;
  readonly description: string;
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
  /** BCP 47, such as `en`. */
  readonly locale: string;
  /** Null: the theme sets the name in type. */
  readonly logo: ImageView | null;
  readonly faviconUrl: string | null;
  /** The home page's opening; null when the store has none. */
  readonly hero: HeroView | null;
}

export interface HeroView {
  readonly heading: string;
  readonly text: string;
  readonly buttonLabel: string;
  readonly buttonUrl: string;
  readonly image: ImageView | null;
}

export interface LinkView {
  readonly title: string;
  readonly url: string;
  /** True for the page being shown. */
  readonly active: boolean;
}

/** A product in a list. Money is in minor units (cents) of the shop's currency. */
export interface ProductCardView {
  readonly handle: string;
  readonly title: string;
  readonly url: string;
  readonly vendor: string;
  readonly priceMinor: number;
  /** The dearest variant's price; equal to `priceMinor` when all cost the same. */
  readonly priceMaxMinor: number;
  /** The price before a reduction, or null. */
  readonly compareAtMinor: number | null;
  readonly isAvailable: boolean;
  readonly isNew: boolean;
  readonly image: ImageView | null;
}

export interface VariantView {
  readonly id: string;
  /** `Chalk / Small`; `Default Title` never reaches a template: it is an empty string. */
  readonly title: string;
  readonly sku: string;
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  readonly isAvailable: boolean;
  /** Pieces in stock. */
  readonly stock: number;
  /** The product page with this variant chosen: works without JavaScript. */
  readonly url: string;
  readonly isSelected: boolean;
  /** One value an option, in the order of {@link ProductView.options}. */
  readonly optionValues: readonly string[];
}

export interface OptionView {
  readonly name: string;
  readonly values: readonly {
    readonly value: string;
    readonly url: string;
    readonly isSelected: boolean;
    readonly isAvailable: boolean;
  }[];
}

export interface ProductView extends ProductCardView {
  /** Cleaned HTML (p, ul, li, strong, em, h3 only): print it unescaped. */
  readonly bodyHtml: string;
  readonly type: string;
  readonly tags: readonly string[];
  readonly images: readonly ImageView[];
  readonly options: readonly OptionView[];
  readonly variants: readonly VariantView[];
  readonly selectedVariant: VariantView;
  readonly category: LinkView | null;
}

export interface CategoryView {
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly productCount: number;
  readonly image: ImageView | null;
  readonly active: boolean;
}

export interface PaginationView {
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
  /** 1-based positions of the first and last shown item; 0 when there is none. */
  readonly from: number;
  readonly to: number;
  readonly previousUrl: string | null;
  readonly nextUrl: string | null;
  readonly pages: readonly { readonly number: number; readonly url: string; readonly active: boolean }[];
}

export interface SortView {
  readonly value: string;
  readonly label: string;
  readonly url: string;
  readonly active: boolean;
}

/** What each template of a theme receives as `model`. */
export interface PageModels {
  /** Home. */
  readonly index: { readonly featured: readonly ProductCardView[]; readonly categories: readonly CategoryView[] };
  /** All products (`category` null) or one category. */
  readonly collection: {
    readonly category: CategoryView | null;
    readonly categories: readonly CategoryView[];
    readonly products: readonly ProductCardView[];
    readonly sorts: readonly SortView[];
    readonly pagination: PaginationView;
  };
  readonly product: { readonly product: ProductView; readonly related: readonly ProductCardView[] };
  readonly search: {
    /** What was searched for, as typed; empty when nothing was. */
    readonly query: string;
    readonly products: readonly ProductCardView[];
    readonly pagination: PaginationView;
    /** Shown when nothing was found. */
    readonly suggestions: readonly ProductCardView[];
  };
  /** `bodyHtml` is cleaned HTML: print it unescaped. */
  readonly page: { readonly title: string; readonly bodyHtml: string };
  readonly '404': { readonly path: string; readonly suggestions: readonly ProductCardView[] };
  /** Any other error, in the store's own look. */
  readonly error: {
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    readonly requestId: string;
  };
}

export type TemplateName = keyof PageModels;

/** What the page says of itself to browsers and search engines. */
export interface PageView {
  /** Template in force, also a class on `<body>`. */
  readonly template: TemplateName;
  readonly title: string;
  readonly description: string;
  /** The one address of this content, absolute. */
  readonly canonicalUrl: string;
  readonly searchQuery: string;
}

export interface ThemeHelpers {
  /** A link inside this store that works in the routing mode of the request: `url('/products')` gives `/storefront/orion/products` in path mode. */
  readonly url: (path: string) => string;
  /** A file of the theme's `assets/`, with a content hash so that it can be cached for good. */
  readonly asset: (name: string) => string;
  /** `€1,234.50` from 123450, in the shop's currency and locale. */
  readonly money: (minor: number) => string;
  /** A text of the theme's `locales/en.json` by its dotted key; `{name}` in the text is replaced by `params.name`. */
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string;
}

/** Names every template and snippet may use without a prefix. */
export interface ThemeLocals<T extends TemplateName = TemplateName> extends ThemeHelpers {
  readonly shop: ShopView;
  /** Values of `config/settings_schema.json`, by id. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly page: PageView;
  readonly menus: { readonly main: readonly LinkView[]; readonly footer: readonly LinkView[] };
  readonly model: PageModels[T];
  /** CSS custom properties of this store's settings, as the text of a `<style>` element (already safe). */
  readonly cssVariables: string;
  /** The nonce for inline `<style>`: the page's Content-Security-Policy allows no other inline code. */
  readonly nonce: string;
  /** Only in the layout: the rendered template. */
  readonly content?: string;
}
