import type { AppContext } from '../../context.ts';
import type { StoreBackend } from '../../database/store-database.ts';
import type { AppError } from '../../errors.ts';
import { STATUS_TITLES } from '../../observability/error-boundary.ts';
import { listProducts } from '../catalog/service.ts';
import { renderPage, storefrontOf } from './render.ts';
import { productCard } from './views.ts';

/** Shows an error in the store's own look; a page that is not there suggests others. */
export async function renderStorefrontError(ctx: AppContext, error: AppError, backend: StoreBackend): Promise<void> {
  const { shop, links, path } = storefrontOf(ctx);
  if (error.status === 404) {
    const { products } = await backend.use(shop.store, (database) => listProducts(database, { limit: 4 }));
    const title = shop.store.name && 'Page not found';
    renderPage(ctx, '404', { path, suggestions: products.map((row) => productCard(row, links)) }, { title });
    return;
  }
  const title = STATUS_TITLES[error.status] ?? 'Error';
  renderPage(
    ctx,
    'error',
    { status: error.status, title, detail: error.message, requestId: ctx.state.requestId },
    { title },
  );
}
