/**
 * The six endpoints of the Django schema-per-tenant demo, with its JSON to the letter; development only.
 * `/` is the landing page's own other form. Source: features.md 1g.
 */
import { Router } from '@koa/router';
import { type AppContext, type AppState, displayHost, requireDatabase, requireStore } from '../../context.ts';
import { origin } from '../../tenancy/origin.ts';
import type { StoreService } from '../../tenancy/store-service.ts';
import { decimalMoney } from '../../themes/money.ts';
import { countProducts, listAllProducts } from '../catalog/service.ts';
import { countOrders, listOrders } from '../orders/service.ts';

const MAX_ROWS = 1000;

/** On a store's host, below the clean path of the storefront. */
export function storeDemoRoutes(stores: StoreService): Router<AppState> {
  const router = new Router<AppState>({ prefix: '/storefront' });
  router.get('/data', storeData);
  router.get('/schema-info', (ctx) => schemaInfo(ctx, stores));
  router.get('/request-flow', requestFlow);
  router.get('/db-routing', (ctx) => databaseRouting(ctx, stores));
  return router;
}

/** On the platform host. */
export function platformDemoRoutes(stores: StoreService): Router<AppState> {
  const router = new Router<AppState>();
  router.get('/schema-info', (ctx) => schemaInfo(ctx, stores));
  return router;
}

/** The landing page for programs. */
export async function publicInfo(ctx: AppContext, stores: StoreService, platformDomain: string): Promise<void> {
  const { port } = ctx.state.resolution;
  const suffix = port === null ? '' : `:${port}`;
  const all = await stores.list();
  ctx.body = {
    message: 'This is the public schema',
    info: `Access tenant sites using subdomain.${platformDomain}${suffix}`,
    available_tenants: all
      .filter((store) => store.isActive)
      .map((store) => origin(ctx.protocol, `${store.subdomain}.${platformDomain}`, port)),
  };
}

async function schemaInfo(ctx: AppContext, stores: StoreService): Promise<void> {
  const { store } = ctx.state;
  const all = await stores.list();
  ctx.body = {
    current_schema: store?.schemaName ?? 'public',
    tenant: store?.name ?? 'No tenant',
    domain: displayHost(ctx),
    all_tenants: all.map(({ name, schemaName }) => ({ name, schema_name: schemaName })),
  };
}

async function storeData(ctx: AppContext): Promise<void> {
  const store = requireStore(ctx);
  const database = requireDatabase(ctx);
  const products = await listAllProducts(database);
  const orders = await listOrders(database, MAX_ROWS);
  ctx.body = {
    tenant_info: { name: store.name, schema: store.schemaName, domain: displayHost(ctx) },
    products: products.map((product) => ({ name: product.title, price: decimalMoney(product.priceMinor) })),
    orders: orders.map((order) => ({ order_number: order.orderNumber, total: decimalMoney(order.totalMinor) })),
    counts: { products: await countProducts(database), orders: await countOrders(database) },
  };
}

/** The demo's words, whatever the backend: what was really sent is in the request's trace. */
async function requestFlow(ctx: AppContext): Promise<void> {
  const store = requireStore(ctx);
  const domain = displayHost(ctx);
  const path = ctx.originalUrl.split('?')[0];
  const steps: readonly (readonly [string, string])[] = [
    ['Request Received', `Domain: ${domain}, Path: ${path}`],
    ['TenantMainMiddleware Processing', 'Middleware extracts domain from request'],
    ['Domain Lookup', `Query: SELECT tenant_id FROM domains WHERE domain='${domain}'`],
    ['Tenant Found', `Tenant: ${store.name}, Schema: ${store.schemaName}`],
    ['Schema Switch', `PostgreSQL: SET search_path TO ${store.schemaName}, public;`],
  ];
  ctx.body = {
    current_state: { domain, tenant: store.name, schema: store.schemaName, is_public: false },
    request_flow: steps.map(([action, details], index) => ({ step: index + 1, action, details })),
  };
}

async function databaseRouting(ctx: AppContext, stores: StoreService): Promise<void> {
  const store = requireStore(ctx);
  const database = requireDatabase(ctx);
  const [members, all] = await Promise.all([stores.members(store.id), stores.list()]);
  ctx.body = {
    routing_explanation: {
      current_schema: store.schemaName,
      how_routing_works: {
        step1: 'Query: Product.objects.all()',
        step2: `Router adds schema prefix: ${store.schemaName}.products`,
        step3: `Actual SQL: SELECT * FROM ${store.schemaName}.products`,
      },
    },
    current_tenant_data: {
      products_count: await countProducts(database),
      users_count: members.length,
      all_tenants_count: all.length,
    },
  };
}
