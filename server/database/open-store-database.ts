import type { AppMiddleware } from '../context.ts';
import type { StoreBackend } from './store-database.ts';

/** Opens the store's data for as long as the request runs: + state.database; 503 when it cannot be opened. */
export function openStoreDatabase(backend: StoreBackend): AppMiddleware {
  return async function openStoreDatabaseMiddleware(ctx, next) {
    const { store } = ctx.state;
    ctx.state.database = null;
    if (!store) return next();
    return backend.use(store, async (database) => {
      ctx.state.database = database;
      await next();
    });
  };
}
