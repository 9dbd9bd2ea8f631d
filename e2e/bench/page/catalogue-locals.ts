/** What the catalogue page's templates are given, put together by hand for a store that is found by its subdomain. */
import { asset, translate, type Values } from './meridian.ts';

export const PAGE_SIZE = 24;

export interface Picture {
  readonly file: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly widths: readonly number[];
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

export interface ShopData {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly locale: string;
  readonly profile: { readonly tagline: string; readonly description: string };
  readonly settings: Values;
  readonly cssVariables: string;
  readonly mainMenu: readonly Link[];
  readonly footerMenu: readonly Link[];
  readonly categories: readonly {
    readonly handle: string;
    readonly title: string;
    readonly description: string;
    readonly productCount: number;
    readonly image: Picture | null;
  }[];
}

export interface ProductData {
  readonly handle: string;
  readonly title: string;
  readonly vendor: string;
  readonly priceMinor: number;
  readonly priceMaxMinor: number;
  readonly compareAtMinor: number | null;
  readonly isAvailable: boolean;
  readonly tags: readonly string[];
  readonly image: Picture | null;
}

export interface CatalogueRequest {
  /** As the client wrote it, with the port. */
  readonly host: string;
  readonly sort: string;
  readonly page: number;
  readonly nonce: string;
}

const SORT_LABELS: Readonly<Record<string, string>> = {
  featured: 'sort.featured',
  newest: 'sort.newest',
  'price-ascending': 'sort.price_ascending',
  'price-descending': 'sort.price_descending',
  'title-ascending': 'sort.title_ascending',
};
const formats = new Map<string, Intl.NumberFormat>();

/** The locals of the layout and of `templates/collection.ejs` for `/products`. */
export function catalogueLocals(
  shop: ShopData,
  products: readonly ProductData[],
  total: number,
  request: CatalogueRequest,
): Record<string, unknown> {
  const path = '/products';
  const format = moneyFormat(shop);
  const title = translate('collection.all_title');
  return {
    shop: { ...shop, ...shop.profile, logo: null, faviconUrl: null, hero: null },
    settings: shop.settings,
    page: {
      template: 'collection',
      title: `${title} · ${shop.name}`,
      description: shop.profile.description,
      canonicalUrl: `http://${request.host}${path}`,
      searchQuery: '',
    },
    menus: { main: links(shop.mainMenu, path), footer: links(shop.footerMenu, path) },
    model: {
      category: null,
      categories: shop.categories.map((category) => ({
        ...category,
        url: `/collections/${category.handle}`,
        image: picture(category.image),
        active: false,
      })),
      products: products.map(card),
      sorts: Object.entries(SORT_LABELS).map(([value, label]) => ({
        value,
        label: translate(label),
        url: value === 'featured' ? path : `${path}?sort=${value}`,
        active: value === request.sort,
      })),
      pagination: pagination(path, request, total),
    },
    cssVariables: shop.cssVariables,
    nonce: request.nonce,
    url: (to: string) => to,
    asset,
    money: (minor: number) => format.format(minor / 100),
    t: translate,
  };
}

function card(product: ProductData): object {
  return {
    handle: product.handle,
    title: product.title,
    url: `/products/${product.handle}`,
    vendor: product.vendor,
    priceMinor: product.priceMinor,
    priceMaxMinor: product.priceMaxMinor,
    compareAtMinor: product.compareAtMinor,
    isAvailable: product.isAvailable,
    isNew: product.tags.includes('new'),
    image: picture(product.image),
  };
}

function picture(image: Picture | null): object | null {
  if (!image) return null;
  const src = `/media/${encodeURI(image.file)}`;
  const smaller = image.widths.map((width) => `${src.replace(/(\.\w+)$/, `@${width}$1`)} ${width}w`);
  const srcset = smaller.length > 0 ? [...smaller, `${src} ${image.width}w`].join(', ') : '';
  return { src, srcset, width: image.width, height: image.height, alt: image.alt };
}

function links(items: readonly Link[], path: string): object[] {
  return items.map((item) => ({ title: item.title, url: item.url, active: item.url === path }));
}

function pagination(path: string, request: CatalogueRequest, total: number): object {
  const { page, sort } = request;
  const pageCount = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const link = (number: number) => {
    const query = [...(sort === 'featured' ? [] : [`sort=${sort}`]), ...(number > 1 ? [`page=${number}`] : [])];
    return query.length > 0 ? `${path}?${query.join('&')}` : path;
  };
  const shown = [...new Set([1, pageCount, page - 1, page, page + 1])].filter((at) => at >= 1 && at <= pageCount);
  return {
    page,
    pageCount,
    total,
    from: total === 0 ? 0 : (page - 1) * PAGE_SIZE + 1,
    to: Math.min(page * PAGE_SIZE, total),
    previousUrl: page > 1 ? link(page - 1) : null,
    nextUrl: page < pageCount ? link(page + 1) : null,
    pages: shown.sort((a, b) => a - b).map((number) => ({ number, url: link(number), active: number === page })),
  };
}

function moneyFormat(shop: ShopData): Intl.NumberFormat {
  const key = `${shop.locale} ${shop.currency}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(shop.locale, { style: 'currency', currency: shop.currency });
  formats.set(key, format);
  return format;
}
