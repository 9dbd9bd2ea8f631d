/** The two middleware around the resolver: one refuses hosts, the other sets the store. */
import type { AppContext, AppMiddleware } from '../context.ts';
import { type AppError, BadRequestError, MisdirectedError, NotFoundError, UnavailableError } from '../errors.ts';
import { nearMatches } from './near-matches.ts';
import type { Refusal, Resolution, StoreLookup } from './resolution.ts';
import { type ResolverSettings, resolveRequest } from './resolve.ts';

/**
 * Resolves the request and refuses what is not for this server: + state.resolution; 400 unreadable host or
 * path, 421 unknown host. A name that merely resolves to this machine (DNS rebinding) ends here.
 */
export function hostGuard(lookup: StoreLookup, settings: ResolverSettings): AppMiddleware {
  return async function hostGuardMiddleware(ctx, next) {
    refuseDoubleHost(ctx);
    const resolution = await resolveRequest(
      {
        method: ctx.method,
        host: ctx.req.headers.host,
        path: rawPath(ctx),
        search: ctx.search,
        storeHeader: ctx.req.headers['x-store-id']?.toString(),
        scheme: ctx.protocol,
      },
      lookup,
      settings,
    );
    ctx.state.resolution = resolution;
    ctx.state.store = null;
    record(ctx, resolution);
    const refusal = resolution.refusal;
    if (refusal && (refusal.status === 400 || refusal.status === 421)) throw refusalError(refusal, {});
    return next();
  };
}

/** Two Host headers would let two readers see two stores. Source: RFC 9112 §3.2. */
function refuseDoubleHost(ctx: AppContext): void {
  const names = ctx.req.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host');
  if (names.length > 1) throw new BadRequestError('host_repeated', 'The request has more than one Host header.');
  if (!(ctx.req.url ?? '').startsWith('/'))
    throw new BadRequestError('target_invalid', 'The request must name a path, not a whole URL.');
}

/** Before any decoding: what the resolver checks is what came in. */
function rawPath(ctx: AppContext): string {
  const url = ctx.req.url ?? '/';
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

/**
 * Sets the store and the clean path: + state.store, ctx.path; 308 to a canonical address, 404 unknown store,
 * 503 closed store. Below this, the store never changes.
 */
export function storeContext(options: {
  readonly isDevelopment: boolean;
  readonly storeCodes: () => Promise<readonly string[]>;
}): AppMiddleware {
  return async function storeContextMiddleware(ctx, next) {
    const { resolution } = ctx.state;
    if (resolution.redirectTo !== null) {
      ctx.status = 308;
      ctx.set('Location', resolution.redirectTo);
      ctx.body = '';
      return;
    }
    ctx.state.store = resolution.store;
    if (options.isDevelopment) setDebugHeaders(ctx, resolution);
    const { refusal } = resolution;
    if (refusal) throw refusalError(refusal, { ladder: resolution.ladder, ...(await suggestions(refusal, options)) });
    ctx.path = resolution.cleanPath;
    return next();
  };
}

async function suggestions(
  refusal: Refusal,
  options: { readonly isDevelopment: boolean; readonly storeCodes: () => Promise<readonly string[]> },
): Promise<object> {
  if (!options.isDevelopment || refusal.code !== 'store_not_found' || !('wanted' in refusal)) return {};
  return { nearMatches: nearMatches(refusal.wanted, await options.storeCodes()) };
}

function refusalError(refusal: Refusal, extra: Readonly<Record<string, unknown>>): AppError {
  switch (refusal.status) {
    case 400:
      return new BadRequestError(refusal.code, refusal.message);
    case 421:
      return new MisdirectedError(refusal.code, refusal.message);
    case 404:
      return new NotFoundError(refusal.message, refusal.code, extra);
    case 503:
      return new UnavailableError(refusal.code, refusal.message);
  }
}

/** Names of the debug headers: features.md section 5. */
function setDebugHeaders(ctx: AppContext, resolution: Resolution): void {
  ctx.set('X-Tenant-Schema', resolution.store?.schemaName ?? 'public');
  if (resolution.store) ctx.set('X-Store-Code', resolution.store.code);
  if (resolution.mode) ctx.set('X-Routing-Mode', resolution.mode);
}

function record(ctx: AppContext, resolution: Resolution): void {
  const { trace } = ctx.state;
  const { store } = resolution;
  trace.ladder = resolution.ladder;
  trace.outcome = resolution.outcome;
  trace.mode = resolution.mode;
  trace.area = resolution.area;
  trace.cleanPath = resolution.cleanPath;
  trace.hint = resolution.hint;
  trace.refusal = resolution.refusal?.message ?? null;
  trace.store = store ? { id: store.id, code: store.code, name: store.name, color: store.color } : null;
}
