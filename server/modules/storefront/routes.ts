import { join } from 'node:path';
import { Router } from '@koa/router';
import { type AppContext, type AppState, requireDatabase, requireStore } from '../../context.ts';
import { BadRequestError, NotFoundError } from '../../errors.ts';
import { PICTURE_TYPES, sendFile } from '../../themes/send-file.ts';
import { findProduct, isSortName, listProducts, relatedProducts, type SortName } from '../catalog/service.ts';
import { findPage } from '../cms/service.ts';
import { renderPage, storefrontOf } from './render.ts';
import { categoryView, paginationView, productCard, productView, sortViews } from './views.ts';

const PAGE_SIZE = 24;
const FEATURED = 8;
const MAX_PAGE = 10_000;

/** The storefront's pages, under the clean path `/storefront`. */
export function storefrontRoutes(parts: { readonly storageDir: string }): Router<AppState> {
  const router = new Router<AppState>({ prefix: '/storefront' });
  router.get('/', home);
  router.get('/products', (ctx) => collection(ctx, null));
  router.get('/collections/:handle', (ctx) => collection(ctx, ctx.params['handle'] ?? ''));
  router.get('/products/:handle', product);
  router.get('/search', search);
  router.get('/pages/:handle', page);
  router.get('/media/*path', (ctx) => media(ctx, parts.storageDir));
  return router;
}

async function home(ctx: AppContext): Promise<void> {
  const { shop, links } = storefrontOf(ctx);
  const { products } = await listProducts(requireDatabase(ctx), { limit: FEATURED });
  renderPage(ctx, 'index', {
    featured: products.map((row) => productCard(row, links)),
    categories: shop.categories.map((category) => categoryView(category, links, null)),
  });
}

async function collection(ctx: AppContext, handle: string | null): Promise<void> {
  const { shop, shops, links, path } = storefrontOf(ctx);
  const category = handle === null ? null : shop.categories.find((one) => one.handle === handle);
  if (category === undefined) throw new NotFoundError(`There is no collection "${handle}".`);
  const sort = readSort(ctx);
  const page = readPage(ctx);
  const { products, total } = await listProducts(requireDatabase(ctx), {
    categoryId: category?.id,
    sort,
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  });
  if (page > 1 && products.length === 0) throw new NotFoundError(`There is no page ${page} of this list.`);
  const url = links.url(path);
  const query = new URLSearchParams(sort === 'featured' ? {} : { sort });
  renderPage(
    ctx,
    'collection',
    {
      category: category ? categoryView(category, links, category.handle) : null,
      categories: shop.categories.map((one) => categoryView(one, links, handle)),
      products: products.map((row) => productCard(row, links)),
      sorts: sortViews(url, sort, shops.theme.translate),
      pagination: paginationView(url, query, page, PAGE_SIZE, total),
    },
    category
      ? { title: category.title, description: category.description }
      : { title: shops.theme.translate('collection.all_title') },
  );
}

async function product(ctx: AppContext): Promise<void> {
  const { shop, links } = storefrontOf(ctx);
  const database = requireDatabase(ctx);
  const handle = (ctx as AppContext & { params: Record<string, string> }).params['handle'] ?? '';
  const details = await findProduct(database, handle);
  if (!details) throw new NotFoundError(`There is no product "${handle}".`);
  const related = await relatedProducts(database, details.product, 4);
  const category = shop.categories.find((one) => one.id === details.product.categoryId) ?? null;
  renderPage(
    ctx,
    'product',
    {
      product: productView(details, links, readText(ctx, 'variant'), category),
      related: related.map((row) => productCard(row, links)),
    },
    { title: details.product.title, description: plainText(details.product.bodyHtml) },
  );
}

async function search(ctx: AppContext): Promise<void> {
  const { shops, links, path } = storefrontOf(ctx);
  const database = requireDatabase(ctx);
  const query = (readText(ctx, 'q') ?? '').trim().slice(0, 200);
  const page = readPage(ctx);
  const found =
    query === ''
      ? { products: [], total: 0 }
      : await listProducts(database, { search: query, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
  const suggestions = found.products.length > 0 ? [] : (await listProducts(database, { limit: 4 })).products;
  const title =
    query === '' ? shops.theme.translate('search.title') : shops.theme.translate('search.results_title', { query });
  renderPage(
    ctx,
    'search',
    {
      query,
      products: found.products.map((row) => productCard(row, links)),
      pagination: paginationView(links.url(path), new URLSearchParams({ q: query }), page, PAGE_SIZE, found.total),
      suggestions: suggestions.map((row) => productCard(row, links)),
    },
    { title, searchQuery: query },
  );
}

async function page(ctx: AppContext): Promise<void> {
  const handle = (ctx as AppContext & { params: Record<string, string> }).params['handle'] ?? '';
  const found = await findPage(requireDatabase(ctx), handle);
  if (!found) throw new NotFoundError(`There is no page "${handle}".`);
  renderPage(
    ctx,
    'page',
    { title: found.title, bodyHtml: found.bodyHtml },
    { title: found.title, description: plainText(found.bodyHtml) },
  );
}

/** A picture of the request's store; another store's folder cannot be named. */
async function media(ctx: AppContext, storageDir: string): Promise<void> {
  const path = (ctx as AppContext & { params: Record<string, string> }).params['path'] ?? '';
  await sendFile(ctx, join(storageDir, requireStore(ctx).publicId), path, {
    types: PICTURE_TYPES,
    cacheControl: 'public, max-age=3600',
  });
}

function readSort(ctx: AppContext): SortName {
  const text = readText(ctx, 'sort') ?? 'featured';
  if (!isSortName(text))
    throw new BadRequestError('sort_unknown', `"${text}" is not a way to sort. Choose one from the list.`);
  return text;
}

function readPage(ctx: AppContext): number {
  const text = readText(ctx, 'page') ?? '1';
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > MAX_PAGE)
    throw new BadRequestError('page_invalid', `"${text}" is not a page number.`);
  return number;
}

/** A query value; the first one when it came more than once. */
function readText(ctx: AppContext, name: string): string | null {
  const value = ctx.query[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function plainText(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
