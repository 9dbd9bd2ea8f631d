import type { AppMiddleware } from '../context.ts';
import type { StoreBackend } from './store-database.ts';
import type { WriteGate } from './switchable/write-gate.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Opens the store's data for as long as the request runs: + state.database; 503 when it cannot be opened. While the
 * platform moves to another backend, a request that may write waits here, before it has read anything.
 */
export function openStoreDatabase(backend: StoreBackend, gate: Pick<WriteGate, 'request'>): AppMiddleware {
  return async function openStoreDatabaseMiddleware(ctx, next) {
    const { store } = ctx.state;
    ctx.state.database = null;
    if (!store) return next();
    const work = () =>
      backend.use(store, async (database) => {
        ctx.state.database = database;
        await next();
      });
    return SAFE_METHODS.has(ctx.method) ? work() : gate.request(work);
  };
}
