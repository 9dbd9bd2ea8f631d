/**
 * `POST /api/v1/demo-orders` on a store's own host: places an order without a cart or a shopper. For tests and demos, in
 * development only, and only for the command line or a member of the store, by bearer token.
 */
import { Router } from '@koa/router';
import { v7 as uuidv7 } from 'uuid';
import { type AppContext, type AppState, requireDatabase, requireStore } from '../../context.ts';
import { UnauthorizedError } from '../../errors.ts';
import { sameToken } from '../../identity/tokens.ts';
import { addOrder, countOrders, listOrders } from '../orders/service.ts';

const MAX_LISTED = 10_000;

/** @param controlToken the right of the command line, from `server.json` */
export function demoOrderRoutes(controlToken: string): Router<AppState> {
  const router = new Router<AppState>({ prefix: '/api/v1/demo-orders' });
  router.get('/', async (ctx) => {
    refuseStrangers(ctx, controlToken);
    const database = requireDatabase(ctx);
    const listed = await listOrders(database, MAX_LISTED);
    ctx.body = { total: await countOrders(database), orders: listed.map(({ orderNumber }) => orderNumber) };
  });
  router.post('/', async (ctx) => {
    refuseStrangers(ctx, controlToken);
    const { currency } = requireStore(ctx);
    const id = uuidv7();
    const orderNumber = `DEMO-${id}`;
    const item = { variantId: null, title: 'A demo order', sku: 'DEMO', quantity: 1, unitPriceMinor: 1000 };
    const order = { customerId: null, email: 'demo@example.com', status: 'paid', currency, placedAt: new Date() };
    await requireDatabase(ctx).transaction((inside) => addOrder(inside, { ...order, id, orderNumber, items: [item] }));
    ctx.status = 201;
    ctx.body = { id, orderNumber };
  });
  return router;
}

/** No cookie counts here: another site's page could send it along. */
function refuseStrangers(ctx: AppContext, controlToken: string): void {
  const { caller, store } = ctx.state;
  if (caller.kind === 'staff' && caller.via === 'bearer' && caller.storeId === store?.id) return;
  const token = /^Bearer ([\w-]+)$/.exec(ctx.get('Authorization'))?.[1];
  if (token !== undefined && sameToken(token, controlToken)) return;
  throw new UnauthorizedError('Demo orders need the bearer token of a member, or the secret of server.json.');
}
