/** The page as the manuals show it: finders with `include`, and `ejs.renderFile` with the cache that @koa/ejs turns on. */
import { join } from 'node:path';
import ejs from 'ejs';
import { type CatalogueRequest, catalogueLocals, PAGE_SIZE, type ProductData } from '../page/catalogue-locals.ts';
import { cssVariables, LOCAL_NAMES, settingsOf, THEME_FOLDER } from '../page/meridian.ts';
import type { CataloguePage } from '../page/serve-page.ts';
import type { Models, ProductModel, StoreModel } from './models.ts';

const ORDERS: Readonly<Record<string, [string, string][]>> = {
  featured: [['position', 'ASC']],
  newest: [['publishedAt', 'DESC']],
  'title-ascending': [['title', 'ASC']],
};
const EJS_OPTIONS = { cache: true, views: [join(THEME_FOLDER, 'snippets'), join(THEME_FOLDER, 'sections')] };
/** Templates use every name, given or not. */
const NO_LOCALS = Object.fromEntries(LOCAL_NAMES.map((name) => [name, undefined]));

export function createCataloguePage(models: Models): CataloguePage {
  return async (subdomain, request) => {
    const store = await models.Store.findOne({ where: { subdomain }, include: models.Menu });
    if (!store) return null;
    const { rows, count } = await models.Product.findAndCountAll({
      where: { storeId: store.id, status: 'active' },
      include: models.Variant,
      distinct: true,
      order: ORDERS[request.sort] ?? [],
      limit: PAGE_SIZE,
      offset: (request.page - 1) * PAGE_SIZE,
    });
    const categories = await readCategories(models, store.id);
    return render({ ...shopOf(store), categories }, rows.map(productOf), count, request);
  };
}

async function readCategories(models: Models, storeId: number) {
  const categories = await models.Category.findAll({ where: { storeId }, order: [['position', 'ASC']] });
  const counts = await models.Product.count({ where: { storeId, status: 'active' }, group: 'categoryId' });
  return categories.map(({ id, handle, title, description }) => {
    const productCount = counts.find((row) => row['categoryId'] === id)?.count ?? 0;
    return { handle, title, description, productCount, image: null };
  });
}

function shopOf(store: StoreModel) {
  const settings = settingsOf(store.theme);
  const menu = (handle: string) => store.menus.find((one) => one.handle === handle)?.items ?? [];
  return {
    ...{ code: store.subdomain, name: store.name, currency: store.currency, locale: store.locale },
    ...{ profile: store.profile, settings, cssVariables: cssVariables(settings) },
    ...{ mainMenu: menu('main'), footerMenu: menu('footer') },
  };
}

function productOf(product: ProductModel): ProductData {
  const { handle, title, vendor, tags, image } = product;
  const prices = product.variants.map((variant) => variant.priceMinor);
  const cheapest = product.variants.find((variant) => variant.priceMinor === Math.min(...prices));
  return {
    ...{ handle, title, vendor, tags, image },
    priceMinor: Math.min(...prices),
    priceMaxMinor: Math.max(...prices),
    compareAtMinor: cheapest?.compareAtMinor ?? null,
    isAvailable: product.variants.some((variant) => variant.stock > 0),
  };
}

async function render(
  shop: Parameters<typeof catalogueLocals>[0],
  products: readonly ProductData[],
  total: number,
  request: CatalogueRequest,
): Promise<string> {
  const locals = { ...NO_LOCALS, ...catalogueLocals(shop, products, total, request) };
  const content = await ejs.renderFile(join(THEME_FOLDER, 'templates/collection.ejs'), locals, EJS_OPTIONS);
  return ejs.renderFile(join(THEME_FOLDER, 'layout/theme.ejs'), { ...locals, content }, EJS_OPTIONS);
}
