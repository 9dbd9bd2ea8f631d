import type { Middleware as KoaMiddleware, ParameterizedContext } from 'koa';
import type { StoreDatabase } from './database/store-database.ts';
import { AppError } from './errors.ts';
import type { Caller } from './identity/caller.ts';
import type { ActiveTrace, RequestTrace } from './observability/trace.ts';
import type { Resolution, StoreSummary } from './tenancy/resolution.ts';

/** What the middleware of `app.ts` has found out about a request; each names what it adds. */
export interface AppState {
  requestId: string;
  trace: RequestTrace;
  /** What is still being written to the trace; whatever answers after an error belongs to the request as well. */
  recording: ActiveTrace;
  /** Allows the page's one inline style and nothing else inline. */
  nonce: string;
  resolution: Resolution;
  /** Set once, never changed; null where no store is looked for. */
  store: StoreSummary | null;
  /** The store's own data; only in areas of a store. */
  database: StoreDatabase | null;
  caller: Caller;
  /** The theme and texts of the store's pages; storefront only. */
  storefront: unknown;
}

export type AppContext = ParameterizedContext<AppState>;
export type AppMiddleware = KoaMiddleware<AppState>;

/**
 * The store of the request.
 * @throws {AppError} 500 when a route that needs a store was mounted where there is none
 */
export function requireStore(ctx: AppContext): StoreSummary {
  if (!ctx.state.store) throw new AppError('This route needs a store.', { status: 500, code: 'store_missing' });
  return ctx.state.store;
}

/** The data of the request's store. @throws {AppError} 500 outside a store's areas */
export function requireDatabase(ctx: AppContext): StoreDatabase {
  if (!ctx.state.database)
    throw new AppError('This route needs a store database.', { status: 500, code: 'database_missing' });
  return ctx.state.database;
}

/** `techstore.localhost:8000`: the host as the client wrote it, in lower case. */
export function displayHost(ctx: AppContext): string {
  const { hostname, port } = ctx.state.resolution;
  return port === null ? hostname : `${hostname}:${port}`;
}

/** True when the client prefers a page over JSON; a client that takes anything gets JSON. */
export function wantsHtml(ctx: AppContext): boolean {
  return ctx.accepts('json', 'html') === 'html';
}
