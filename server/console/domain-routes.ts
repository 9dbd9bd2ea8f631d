import type { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import type { DomainCaller, DomainService } from '../tenancy/domains/domain-service.ts';
import type { RehearsalService } from '../tenancy/domains/rehearsal-dns.ts';
import { origin } from '../tenancy/origin.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import { actorOf } from './actor.ts';
import { readInput } from './input.ts';

export interface DomainRouteParts {
  readonly stores: StoreService;
  readonly domains: DomainService;
  readonly rehearsal: RehearsalService;
}

/** Adds the routes of stores' own domains, and of the DNS that rehearses them, to the console's API. */
export function domainRoutes(router: Router<AppState>, { stores, domains, rehearsal }: DomainRouteParts): void {
  const storeOf = (ctx: AppContext) => stores.get(ctx['params'].code ?? '');
  router.get('/stores/:code/domains', async (ctx) => {
    const store = await storeOf(ctx);
    const { kind } = await rehearsal.resolver();
    ctx.body = { domains: await domains.list(store, callerOf(ctx)), resolver: kind };
  });
  router.post('/stores/:code/domains/check', async (ctx) => {
    const { domain } = readInput(operations.checkDomain.body, ctx.request.body);
    ctx.body = await domains.check(await storeOf(ctx), domain, callerOf(ctx));
  });
  router.post('/stores/:code/domains', async (ctx) => {
    const input = readInput(operations.addDomain.body, ctx.request.body);
    ctx.body = await domains.add(await storeOf(ctx), input, callerOf(ctx));
    ctx.status = 201;
  });
  router.get('/stores/:code/domains/:domain', async (ctx) => {
    ctx.body = await domains.guide(await storeOf(ctx), ctx.params['domain'] ?? '', callerOf(ctx));
  });
  router.patch('/stores/:code/domains/:domain', async (ctx) => {
    const input = readInput(operations.changeDomain.body, ctx.request.body);
    ctx.body = await domains.change(await storeOf(ctx), ctx.params['domain'] ?? '', input, callerOf(ctx));
  });
  router.post('/stores/:code/domains/:domain/verify', async (ctx) => {
    const { method } = readInput(operations.verifyDomain.body, ctx.request.body);
    ctx.body = await domains.verify(await storeOf(ctx), ctx.params['domain'] ?? '', method, callerOf(ctx));
  });
  router.delete('/stores/:code/domains/:domain', async (ctx) => {
    await domains.remove(await storeOf(ctx), ctx.params['domain'] ?? '', callerOf(ctx));
    ctx.status = 204;
  });
  rehearsalRoutes(router, rehearsal);
}

/** The stand-in for the public DNS. */
function rehearsalRoutes(router: Router<AppState>, rehearsal: RehearsalService): void {
  router.get('/rehearsal-dns', async (ctx) => {
    ctx.body = await rehearsal.view();
  });
  router.patch('/rehearsal-dns', async (ctx) => {
    await rehearsal.change(readInput(operations.changeRehearsal.body, ctx.request.body));
    ctx.body = await rehearsal.view();
  });
  router.put('/rehearsal-dns/scenario', async (ctx) => {
    const { domain, scenario } = readInput(operations.playScenario.body, ctx.request.body);
    await rehearsal.play(domain, scenario);
    ctx.body = await rehearsal.view();
  });
  router.post('/rehearsal-dns/records', async (ctx) => {
    await rehearsal.addRecord(readInput(operations.addRehearsalRecord.body, ctx.request.body));
    ctx.body = await rehearsal.view();
    ctx.status = 201;
  });
  router.delete('/rehearsal-dns/records/:id', async (ctx) => {
    await rehearsal.removeRecord(ctx.params['id'] ?? '');
    ctx.body = await rehearsal.view();
  });
}

function callerOf(ctx: AppContext): DomainCaller {
  const { port } = ctx.state.resolution;
  return {
    actor: actorOf(ctx),
    audience: 'console',
    urlOf: (domain) => `${origin(ctx.protocol, domain, port)}/`,
  };
}
