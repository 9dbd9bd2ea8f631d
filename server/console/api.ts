/**
 * The console's API, on the admin host alone. It can make and delete stores, so nobody but the signed-in
 * administrator may call it: permissions ask for the session and refuse other pages (identity/permissions.ts).
 */
import { bodyParser } from '@koa/bodyparser';
import { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import { AppError, BadRequestError, NotFoundError } from '../errors.ts';
import type { SignInLinks } from '../identity/sign-in-links.ts';
import type { FixtureService } from '../modules/fixtures/module.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import { explainUrl } from '../tenancy/explain-url.ts';
import type { StepReport } from '../tenancy/provisioning.ts';
import type { StoreSummary } from '../tenancy/resolution.ts';
import type { ResolverSettings } from '../tenancy/resolve.ts';
import type { StoreDirectory } from '../tenancy/store-directory.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import {
  createStoreInput,
  listRequestsInput,
  loadFixturesInput,
  readInput,
  updateStoreInput,
  whyInput,
} from './input.ts';
import { streamRequests } from './live-requests.ts';
import { storeUrls } from './store-urls.ts';

export interface ConsoleApiParts {
  readonly stores: StoreService;
  readonly directory: StoreDirectory;
  readonly fixtures: FixtureService;
  readonly recorder: RequestRecorder;
  readonly links: SignInLinks;
  readonly resolver: ResolverSettings;
  /** What `GET /api/server` says of this server. */
  readonly about: () => Readonly<Record<string, unknown>>;
}

const LINK_VALID_MS = 15 * 60 * 1000;

export function consoleApi(parts: ConsoleApiParts): Router<AppState> {
  const router = new Router<AppState>({ prefix: '/api' });
  router.use(
    bodyParser({
      enableTypes: ['json'],
      jsonLimit: '1mb',
      onError: (error) => {
        if ((error as { status?: number }).status === 413) {
          throw new AppError('The body is larger than 1 MB.', { status: 413, code: 'body_too_large' });
        }
        throw new BadRequestError('body_invalid', `The body is not JSON: ${error.message}`);
      },
    }),
  );
  router.get('/server', (ctx) => {
    ctx.body = parts.about();
  });
  storeRoutes(router, parts);
  requestRoutes(router, parts);
  router.post('/why', async (ctx) => {
    ctx.body = await explainUrl(readInput(whyInput, ctx.request.body), parts.directory, parts.resolver);
  });
  router.post('/sign-in-links', (ctx) => {
    ctx.status = 201;
    ctx.body = {
      url: `${ctx.protocol}://${ctx.get('Host')}/sign-in?token=${parts.links.create({ kind: 'console' }, LINK_VALID_MS)}`,
    };
  });
  return router;
}

function storeRoutes(router: Router<AppState>, parts: ConsoleApiParts): void {
  const present = async (ctx: AppContext, store: StoreSummary) => {
    const domains = await parts.stores.domains(store.id);
    return {
      ...store,
      domains,
      urls: storeUrls(store, domains, parts.resolver, ctx.protocol, ctx.state.resolution.port),
    };
  };
  router.get('/stores', async (ctx) => {
    const all = await parts.stores.list();
    ctx.body = { stores: await Promise.all(all.map((store) => present(ctx, store))) };
  });
  router.get('/stores/:code', async (ctx) => {
    ctx.body = await present(ctx, await parts.stores.get(ctx.params['code'] ?? ''));
  });
  router.post('/stores', async (ctx) => {
    const { catalogue, ...input } = readInput(createStoreInput, ctx.request.body);
    const steps: StepReport[] = [];
    const seed = parts.fixtures.seedNew(input.name.trim(), knownCatalogue(catalogue, parts.fixtures));
    const store = await parts.stores.create(input, {
      seed,
      actor: actorOf(ctx),
      onStep: (report) => report.state !== 'running' && steps.push(report),
    });
    ctx.status = 201;
    ctx.body = { ...(await present(ctx, store)), steps };
  });
  router.patch('/stores/:code', async (ctx) => {
    const { isActive } = readInput(updateStoreInput, ctx.request.body);
    ctx.body = await present(ctx, await parts.stores.setActive(ctx.params['code'] ?? '', isActive, actorOf(ctx)));
  });
  router.delete('/stores/:code', async (ctx) => {
    const store = await parts.stores.delete(ctx.params['code'] ?? '', actorOf(ctx));
    ctx.body = { deleted: store.code };
  });
  router.post('/stores/:code/sign-in-links', async (ctx) => {
    const store = await parts.stores.get(ctx.params['code'] ?? '');
    const [owner] = await parts.stores.members(store.id);
    if (!owner) throw new NotFoundError(`${store.name} has nobody who works for it.`, 'no_member');
    const token = parts.links.create({ kind: 'staff', userId: owner.id, storeId: store.id }, LINK_VALID_MS);
    const { subdomain } = storeUrls(store, [], parts.resolver, ctx.protocol, ctx.state.resolution.port);
    ctx.status = 201;
    ctx.body = { url: `${subdomain}admin/sign-in?token=${token}`, email: owner.email };
  });
  router.post('/fixtures', async (ctx) => {
    const { codes } = readInput(loadFixturesInput, ctx.request.body);
    const loaded = [];
    for (const code of codes)
      loaded.push(await parts.fixtures.load(knownFixture(code, parts.fixtures), { actor: actorOf(ctx) }));
    ctx.body = { stores: loaded.map(({ store, isNew }) => ({ code: store.code, name: store.name, isNew })) };
  });
}

function requestRoutes(router: Router<AppState>, parts: ConsoleApiParts): void {
  router.get('/requests', (ctx) => {
    const { limit, before, ...filter } = readInput(listRequestsInput, ctx.query);
    ctx.body = { requests: parts.recorder.list(filter, limit, before), kept: parts.recorder.stats() };
  });
  router.get('/requests/live', (ctx) => streamRequests(ctx, parts.recorder));
  router.get('/requests/:id', (ctx) => {
    const trace = parts.recorder.get(ctx.params['id'] ?? '');
    if (!trace) throw new NotFoundError('This request is not kept any more, or never was.', 'request_not_found');
    ctx.body = trace;
  });
}

function actorOf(ctx: AppContext): string {
  return ctx.state.caller.kind === 'console' ? ctx.state.caller.actor : 'unknown';
}

function knownCatalogue(name: string, fixtures: FixtureService): string {
  return name === 'empty' ? name : knownFixture(name, fixtures);
}

function knownFixture(code: string, fixtures: FixtureService): string {
  if (fixtures.names().includes(code)) return code;
  throw new NotFoundError(
    `There is no catalogue "${code}". There are empty, ${fixtures.names().join(', ')}.`,
    'catalogue_not_found',
  );
}
