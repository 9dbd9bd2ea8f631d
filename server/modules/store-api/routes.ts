import { Router } from '@koa/router';
import { type AppContext, type AppState, requireDatabase, requireStore } from '../../context.ts';
import { BadRequestError, UnauthorizedError } from '../../errors.ts';
import type { SessionService } from '../../identity/session-service.ts';
import type { SignInLinks } from '../../identity/sign-in-links.ts';
import { decimalMoney } from '../../themes/money.ts';
import { listProducts } from '../catalog/service.ts';

export interface StoreApiParts {
  readonly sessions: SessionService;
  readonly links: SignInLinks;
}

const MAX_LIMIT = 100;

/** The API of a store: on its own host for everyone, on the platform host by `X-Store-ID` for its members. */
export function storeApiRoutes(): Router<AppState> {
  const router = new Router<AppState>({ prefix: '/api/v1' });
  router.get('/store', (ctx) => {
    const { publicId, code, name, currency, locale } = requireStore(ctx);
    ctx.body = { id: publicId, code, name, currency, locale };
  });
  router.get('/storefront/products', products);
  return router;
}

/** The part of the API that belongs to no store: getting a bearer token from a one-time link. */
export function platformApiRoutes(parts: StoreApiParts): Router<AppState> {
  const router = new Router<AppState>({ prefix: '/api/v1' });
  router.post('/session', async (ctx) => {
    const token = ctx.get('X-Sign-In-Token');
    const session = token ? await parts.sessions.beginFrom(parts.links, token, { kind: 'staff' }) : null;
    if (session === null) {
      throw new UnauthorizedError(
        'X-Sign-In-Token must be the token of an unused sign-in link of a store.',
        'link_invalid',
      );
    }
    ctx.status = 201;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { token: session, token_type: 'Bearer' };
  });
  return router;
}

async function products(ctx: AppContext): Promise<void> {
  const limit = wholeNumber(ctx, 'limit', 24, 1, MAX_LIMIT);
  const offset = wholeNumber(ctx, 'offset', 0, 0, 1_000_000);
  const { currency } = requireStore(ctx);
  const found = await listProducts(requireDatabase(ctx), { limit, offset });
  ctx.body = {
    total: found.total,
    products: found.products.map((product) => ({
      handle: product.handle,
      title: product.title,
      price: decimalMoney(product.priceMinor),
      currency,
      available: product.isAvailable,
    })),
  };
}

function wholeNumber(ctx: AppContext, name: string, fallback: number, min: number, max: number): number {
  const text = ctx.query[name];
  if (text === undefined) return fallback;
  const number = Number(text);
  if (typeof text === 'string' && /^\d+$/.test(text) && number >= min && number <= max) return number;
  const fault = { field: name, message: `must be a whole number from ${min} to ${max}` };
  throw new BadRequestError('query_invalid', `${name} ${fault.message}.`, [fault]);
}
