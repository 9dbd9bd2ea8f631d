import type { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import type { CheckedStore, CreatedStore, ListedStore, StepReport } from '../contract/stores.ts';
import type { StoreRecord } from '../database/platform-tables.ts';
import type { StoreBackend } from '../database/store-database.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import type { SignInLinks } from '../identity/sign-in-links.ts';
import type { FixtureService } from '../modules/fixtures/module.ts';
import { restorableUntil } from '../tenancy/deleted-stores.ts';
import type { ResolverSettings } from '../tenancy/resolve.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import { actorOf } from './actor.ts';
import { catalogueRoutes, knownCatalogue } from './catalogue-routes.ts';
import { readInput } from './input.ts';
import type { LimitParts } from './limit-routes.ts';
import type { LogoReader } from './logo-reader.ts';
import { logoRoutes, readLogo } from './logo-routes.ts';
import { presentDeleted, presentStore, type ServerAddress } from './present-store.ts';
import { provisioningRoutes } from './provisioning-routes.ts';
import { storeDetail } from './store-detail.ts';
import { type StoreUrls, storeUrls } from './store-urls.ts';

export interface StoreRouteParts {
  readonly stores: StoreService;
  readonly fixtures: FixtureService;
  readonly backend: StoreBackend;
  readonly storageDir: string;
  readonly links: SignInLinks;
  readonly resolver: ResolverSettings;
  readonly logoReader: LogoReader;
  readonly limitParts: LimitParts;
}

const LINK_VALID_MS = 15 * 60 * 1000;
/** Of a store that has no code yet. */
const NO_URLS: StoreUrls = { subdomain: '', path: null, domains: [], dashboard: '' };

/** Adds the routes of stores, their logos and what they start with to the console's API. */
export function storeRoutes(router: Router<AppState>, parts: StoreRouteParts): void {
  listRoutes(router, parts);
  makeRoutes(router, parts);
  provisioningRoutes(router, parts);
  changeRoutes(router, parts);
  deletedRoutes(router, parts);
  signInRoute(router, parts);
  logoRoutes(router, parts);
  catalogueRoutes(router, parts.fixtures);
}

function listRoutes(router: Router<AppState>, parts: StoreRouteParts): void {
  router.get('/stores', async (ctx) => {
    const [records, domains] = await Promise.all([parts.stores.records(), parts.stores.domainsOfStores()]);
    const address = addressOf(ctx, parts);
    ctx.body = { stores: records.map((record) => presentStore(record, domains.get(record.id) ?? [], address)) };
  });
  router.get('/stores/:code', async (ctx) => {
    const store = await present(ctx, await parts.stores.record(codeOf(ctx)), parts);
    ctx.body = await storeDetail(store, parts);
  });
}

function makeRoutes(router: Router<AppState>, parts: StoreRouteParts): void {
  router.post('/stores/check', async (ctx) => {
    const input = readInput(operations.checkStore.body, ctx.request.body);
    const { draft, suggestedCode, faults } = await parts.stores.check(input);
    const { resolver, scheme, port } = addressOf(ctx, parts);
    const store = { code: draft.code, subdomain: draft.code };
    const urls = draft.code === '' ? NO_URLS : storeUrls(store, draft.domains, resolver, scheme, port);
    ctx.body = { code: draft.code, suggestedCode, faults: [...faults], urls } satisfies CheckedStore;
  });
  router.post('/stores', async (ctx) => {
    const { catalogue, logo: upload, ...input } = readInput(operations.createStore.body, ctx.request.body);
    const known = knownCatalogue(catalogue, parts.fixtures);
    const { logo, faults } = await readLogo(upload, parts.logoReader);
    const steps: StepReport[] = [];
    const store = await parts.stores.create(input, {
      seed: parts.fixtures.seedNew(known, { color: input.color, logo }),
      actor: actorOf(ctx),
      faults,
      onStep: (report) => report.state !== 'running' && steps.push(report),
    });
    ctx.status = 201;
    ctx.body = { ...(await present(ctx, store, parts)), steps } satisfies CreatedStore;
  });
}

function changeRoutes(router: Router<AppState>, parts: StoreRouteParts): void {
  router.patch('/stores/:code', async (ctx) => {
    const { logo: upload, ...input } = readInput(operations.updateStore.body, ctx.request.body);
    const { id } = await parts.stores.get(codeOf(ctx));
    const { logo, faults } = await parts.limitParts.jobs.run(id, () => readLogo(upload, parts.logoReader));
    const result = await parts.stores.update(codeOf(ctx), input, {
      actor: actorOf(ctx),
      logo: upload === null ? null : logo,
      faults,
    });
    if (!result.ok) {
      const current = await present(ctx, result.current, parts);
      throw new ConflictError('version_conflict', result.message, [], { current });
    }
    ctx.body = await present(ctx, result.store, parts);
  });
  router.delete('/stores/:code', async (ctx) => {
    const { permanently } = readInput(operations.deleteStore.query, ctx.query);
    if (permanently === 'true') {
      const { code } = await parts.stores.remove(codeOf(ctx), actorOf(ctx));
      ctx.body = { deleted: code, restorableUntil: null };
      return;
    }
    const { code, deletedAt } = await parts.stores.delete(codeOf(ctx), actorOf(ctx));
    ctx.body = { deleted: code, restorableUntil: deletedAt && restorableUntil(deletedAt).getTime() };
  });
}

function deletedRoutes(router: Router<AppState>, parts: StoreRouteParts): void {
  router.get('/deleted-stores', async (ctx) => {
    ctx.body = { stores: (await parts.stores.listDeleted()).map(presentDeleted) };
  });
  router.post('/deleted-stores/:code/restore', async (ctx) => {
    ctx.body = await present(ctx, await parts.stores.restore(codeOf(ctx), actorOf(ctx)), parts);
  });
}

function signInRoute(router: Router<AppState>, parts: StoreRouteParts): void {
  router.post('/stores/:code/sign-in-links', async (ctx) => {
    const store = await parts.stores.get(codeOf(ctx));
    const [owner] = await parts.stores.members(store.id);
    if (!owner) throw new NotFoundError(`${store.name} has nobody who works for it.`, 'no_member');
    const token = parts.links.create({ kind: 'staff', userId: owner.id, storeId: store.id }, LINK_VALID_MS);
    const { resolver, scheme, port } = addressOf(ctx, parts);
    const { subdomain } = storeUrls(store, [], resolver, scheme, port);
    ctx.status = 201;
    ctx.body = { url: `${subdomain}admin/sign-in?token=${token}`, email: owner.email };
  });
}

function codeOf(ctx: AppContext): string {
  return (ctx as AppContext & { readonly params: Readonly<Record<string, string>> }).params['code'] ?? '';
}

function addressOf(ctx: AppContext, parts: StoreRouteParts): ServerAddress {
  return { resolver: parts.resolver, scheme: ctx.protocol, port: ctx.state.resolution.port };
}

async function present(ctx: AppContext, store: StoreRecord, parts: StoreRouteParts): Promise<ListedStore> {
  return presentStore(store, await parts.stores.domains(store.id), addressOf(ctx, parts));
}
