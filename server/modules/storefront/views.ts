import type {
  CategoryView,
  OptionView,
  PaginationView,
  ProductCardView,
  ProductView,
  SortView,
  VariantView,
} from '../../themes/view-models.ts';
import { type ProductCardRow, type ProductDetails, SORTS, type SortName, type VariantRow } from '../catalog/service.ts';
import type { StoreLinks } from './links.ts';
import type { CategorySummary } from './shop-context.ts';

export function productCard(row: ProductCardRow, links: StoreLinks): ProductCardView {
  return {
    handle: row.handle,
    title: row.title,
    url: links.url(`/products/${row.handle}`),
    vendor: row.vendor,
    priceMinor: row.priceMinor,
    priceMaxMinor: row.priceMaxMinor,
    compareAtMinor: row.compareAtMinor,
    isAvailable: row.isAvailable,
    isNew: row.tags.includes('new'),
    image: links.image(row.image),
  };
}

export function categoryView(category: CategorySummary, links: StoreLinks, activeHandle: string | null): CategoryView {
  return {
    handle: category.handle,
    title: category.title,
    description: category.description,
    url: links.url(`/collections/${category.handle}`),
    productCount: category.productCount,
    image: links.image(category.image),
    active: category.handle === activeHandle,
  };
}

const SORT_LABELS: Readonly<Record<SortName, string>> = {
  featured: 'sort.featured',
  newest: 'sort.newest',
  'price-ascending': 'sort.price_ascending',
  'price-descending': 'sort.price_descending',
  'title-ascending': 'sort.title_ascending',
};

export function sortViews(path: string, active: SortName, translate: (key: string) => string): SortView[] {
  return (Object.keys(SORTS) as SortName[]).map((value) => ({
    value,
    label: translate(SORT_LABELS[value]),
    url: value === 'featured' ? path : `${path}?sort=${value}`,
    active: value === active,
  }));
}

/** @param query the page's own query; `page` is set by the links */
export function paginationView(
  path: string,
  query: URLSearchParams,
  page: number,
  pageSize: number,
  total: number,
): PaginationView {
  const pageCount = Math.max(1, Math.ceil(total / pageSize));
  const link = (number: number) => {
    const next = new URLSearchParams(query);
    next.delete('page');
    if (number > 1) next.set('page', String(number));
    const text = next.toString();
    return text ? `${path}?${text}` : path;
  };
  const from = total === 0 ? 0 : (page - 1) * pageSize + 1;
  return {
    page,
    pageCount,
    total,
    from,
    to: Math.min(page * pageSize, total),
    previousUrl: page > 1 ? link(page - 1) : null,
    nextUrl: page < pageCount ? link(page + 1) : null,
    pages: pagesAround(page, pageCount).map((number) => ({ number, url: link(number), active: number === page })),
  };
}

/** The first, the last, and those around the current one; a list stays short with any number of pages. */
function pagesAround(page: number, pageCount: number): number[] {
  const wanted = new Set([1, pageCount, page - 1, page, page + 1]);
  return [...wanted].filter((number) => number >= 1 && number <= pageCount).sort((a, b) => a - b);
}

/** A product page. The variant is chosen by the query (`?variant=sku`), so that every choice is a link. */
export function productView(
  details: ProductDetails,
  links: StoreLinks,
  wantedSku: string | null,
  category: CategorySummary | null,
): ProductView {
  const { product } = details;
  const selected =
    details.variants.find((variant) => variant.sku === wantedSku) ??
    details.variants.find((variant) => variant.stock > 0) ??
    details.variants[0];
  if (!selected) throw new Error(`product ${product.handle} has no variant`);
  const page = links.url(`/products/${product.handle}`);
  const variants = details.variants.map((variant) => variantView(variant, page, selected));
  const images = orderedImages(details, selected)
    .map(links.image)
    .filter((image) => image !== null);
  return {
    ...productCard(product, links),
    priceMinor: selected.priceMinor,
    compareAtMinor: selected.compareAtMinor,
    bodyHtml: product.bodyHtml,
    type: product.type,
    tags: product.tags,
    images,
    options: product.optionNames.map((name, index) => optionView(name, index, details.variants, selected, page)),
    variants,
    selectedVariant: variantView(selected, page, selected),
    category: category
      ? { title: category.title, url: links.url(`/collections/${category.handle}`), active: false }
      : null,
  };
}

function variantView(variant: VariantRow, page: string, selected: VariantRow): VariantView {
  return {
    id: variant.id,
    title: variant.title,
    sku: variant.sku,
    priceMinor: variant.priceMinor,
    compareAtMinor: variant.compareAtMinor,
    isAvailable: variant.stock > 0,
    stock: variant.stock,
    url: variantUrl(variant, page),
    isSelected: variant.id === selected.id,
    optionValues: variant.optionValues,
  };
}

function variantUrl(variant: VariantRow, page: string): string {
  return `${page}?variant=${encodeURIComponent(variant.sku)}`;
}

/** One link a value: to the variant with this value and else the values chosen now, or the nearest there is. */
function optionView(
  name: string,
  index: number,
  variants: readonly VariantRow[],
  selected: VariantRow,
  page: string,
): OptionView {
  const values = [...new Set(variants.map((variant) => variant.optionValues[index] ?? ''))];
  return {
    name,
    values: values.map((value) => {
      const candidates = variants.filter((variant) => variant.optionValues[index] === value);
      const exact = candidates.find((variant) =>
        variant.optionValues.every((other, at) => at === index || other === selected.optionValues[at]),
      );
      const target = exact ?? candidates.find((variant) => variant.stock > 0) ?? candidates[0];
      return {
        value,
        url: target ? variantUrl(target, page) : page,
        isSelected: selected.optionValues[index] === value,
        isAvailable: target !== undefined && target.stock > 0,
      };
    }),
  };
}

/** The chosen variant's own picture first. */
function orderedImages(details: ProductDetails, selected: VariantRow): ProductDetails['images'] {
  const own = details.images.find((image) => image.file === selected.imageFile);
  return own ? [own, ...details.images.filter((image) => image !== own)] : details.images;
}
