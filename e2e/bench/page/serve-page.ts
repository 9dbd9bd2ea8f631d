/** The Koa application around a baseline's page: host, query and headers of a storefront, and nothing else. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import type { CatalogueRequest } from './catalogue-locals.ts';

/** Gives the page of a store, or null when there is no such store. */
export type CataloguePage = (subdomain: string, request: CatalogueRequest) => string | null | Promise<string | null>;

/** Serves `/products` of every store and prints the ready line. */
export function servePage(cataloguePage: CataloguePage): void {
  const app = new Koa();
  app.use(async (ctx) => {
    if (ctx.method !== 'GET' || ctx.path !== '/products') return;
    const host = ctx.get('Host').toLowerCase();
    const nonce = randomBytes(16).toString('base64');
    const sort = typeof ctx.query['sort'] === 'string' ? ctx.query['sort'] : 'featured';
    const page = Math.max(1, Number(ctx.query['page'] ?? 1) || 1);
    const html = await cataloguePage(host.slice(0, host.indexOf('.')), { host, sort, page, nonce });
    if (html === null) return;
    ctx.set(
      'Content-Security-Policy',
      `default-src 'self'; style-src 'self' 'nonce-${nonce}'; script-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'`,
    );
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Referrer-Policy', 'strict-origin-when-cross-origin');
    ctx.set('Cross-Origin-Opener-Policy', 'same-origin');
    ctx.type = 'html';
    ctx.body = html;
  });
  const server = app.listen(0, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ event: 'ready', port: (server.address() as AddressInfo).port })}\n`);
  });
  process.once('SIGTERM', () => process.exit(0));
}
