/**
 * The owner's way from a name to an answering shop, as forms that work without scripts. Threats: another site's page that
 * posts here (permissions ask for the host's own origin), staff who may look but not change (checked at every form), and
 * names of other stores (a taken domain is only said to be taken).
 */
import type { Router } from '@koa/router';
import { type AppContext, type AppState, requireStore } from '../../context.ts';
import { AppError, ForbiddenError, NotFoundError } from '../../errors.ts';
import type { DomainCaller, DomainService } from '../../tenancy/domains/domain-service.ts';
import { origin } from '../../tenancy/origin.ts';
import type { PlatformPages } from '../../themes/platform-pages.ts';
import { readForm } from './read-form.ts';

export interface DomainPageParts {
  readonly pages: PlatformPages;
  readonly domains: DomainService;
}

/** Adds the pages of a store's own domains to its dashboard. */
export function domainPages(router: Router<AppState>, parts: DomainPageParts): void {
  router.get('/domains', (ctx) => renderList(ctx, parts));
  router.post('/domains', readForm(), (ctx) => addDomain(ctx, parts));
  router.get('/domains/:domain', (ctx) => renderDomain(ctx, parts));
  router.post('/domains/:domain/:action', readForm(), (ctx) => runAction(ctx, parts));
}

interface TypedDomain {
  readonly domain: string;
  readonly withTwin: boolean;
  readonly fault: string | null;
}

const NOTHING_TYPED: TypedDomain = { domain: '', withTwin: true, fault: null };

async function renderList(ctx: AppContext, parts: DomainPageParts, typed = NOTHING_TYPED): Promise<void> {
  const store = requireStore(ctx);
  const domains = await parts.domains.list(store, callerOf(ctx));
  render(ctx, parts, 'dashboard-domains', `Domains · ${store.name}`, { domains, typed });
}

async function renderDomain(ctx: AppContext, parts: DomainPageParts, fault: string | null = null): Promise<void> {
  const store = requireStore(ctx);
  const guide = await parts.domains.guide(store, domainOf(ctx), callerOf(ctx));
  const { checkedAt, displayName } = guide.domain;
  const checked = checkedAt === null ? null : new Date(checkedAt).toISOString();
  render(ctx, parts, 'dashboard-domain', `${displayName} · ${store.name}`, { ...guide, checked, fault });
}

async function addDomain(ctx: AppContext, parts: DomainPageParts): Promise<void> {
  const store = requireStore(ctx);
  requireOwner(ctx);
  const { domain, withTwin } = formOf(ctx);
  const input = { domain: typeof domain === 'string' ? domain : '', withTwin: withTwin === 'on' };
  try {
    const guide = await parts.domains.add(store, input, callerOf(ctx));
    leadTo(ctx, `/domains/${guide.domain.domain}`);
  } catch (error) {
    const fault = expectedFault(error);
    ctx.status = fault.status;
    await renderList(ctx, parts, {
      ...input,
      fault: fault.faults.map(({ message }) => message).join(' ') || fault.message,
    });
  }
}

async function runAction(ctx: AppContext, parts: DomainPageParts): Promise<void> {
  requireOwner(ctx);
  const action = ACTIONS.get(ctx['params'].action ?? '');
  if (!action) throw new NotFoundError('There is no such page.');
  try {
    leadTo(ctx, await action(ctx, parts.domains, domainOf(ctx)));
  } catch (error) {
    const fault = expectedFault(error);
    if (fault.status === 404) throw fault;
    ctx.status = fault.status;
    await renderDomain(ctx, parts, fault.message);
  }
}

/** Changes a domain; returns the page to go on with. */
type Action = (ctx: AppContext, domains: DomainService, domain: string) => Promise<string>;

const change =
  (input: { readonly isPrimary: true } | { readonly isActive: boolean }): Action =>
  async (ctx, domains, domain) => {
    await domains.change(requireStore(ctx), domain, input, callerOf(ctx));
    return `/domains/${domain}`;
  };

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['primary', change({ isPrimary: true })],
  ['activate', change({ isActive: true })],
  ['deactivate', change({ isActive: false })],
  [
    'verify',
    async (ctx, domains, domain) => {
      const method = formOf(ctx)['method'] === 'file' ? 'file' : 'dns';
      await domains.verify(requireStore(ctx), domain, method, callerOf(ctx));
      return `/domains/${domain}#checks`;
    },
  ],
  [
    'remove',
    async (ctx, domains, domain) => {
      await domains.remove(requireStore(ctx), domain, callerOf(ctx));
      return '/domains';
    },
  ],
]);

/** What may go wrong by what was typed or by what others did; anything else is thrown on. */
function expectedFault(error: unknown): AppError {
  if (error instanceof AppError && [404, 409, 422].includes(error.status)) return error;
  throw error;
}

function render(
  ctx: AppContext,
  { pages }: DomainPageParts,
  name: 'dashboard-domains' | 'dashboard-domain',
  title: string,
  model: object,
): void {
  const { caller, resolution } = ctx.state;
  ctx.set('Cache-Control', 'no-store');
  pages.render(ctx, name, title, {
    store: requireStore(ctx),
    basePath: resolution.basePath,
    email: caller.kind === 'staff' ? caller.email : '',
    isOwner: isOwner(ctx),
    ...model,
  });
}

/** A page after a form: the browser asks for it, so that reloading sends nothing again. */
function leadTo(ctx: AppContext, path: string): void {
  ctx.redirect(ctx.state.resolution.basePath + path);
  ctx.status = 303;
}

function domainOf(ctx: AppContext): string {
  return ctx['params'].domain ?? '';
}

function formOf(ctx: AppContext): Readonly<Record<string, unknown>> {
  const { body } = ctx.request;
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function isOwner(ctx: AppContext): boolean {
  const { caller } = ctx.state;
  return caller.kind === 'staff' && caller.role === 'store_owner';
}

function requireOwner(ctx: AppContext): void {
  if (!isOwner(ctx)) throw new ForbiddenError("Only the shop's owner can change its domains.", 'owner_required');
}

function callerOf(ctx: AppContext): DomainCaller {
  const { caller, resolution } = ctx.state;
  return {
    actor: caller.kind === 'staff' ? caller.email : 'unknown',
    audience: 'owner',
    urlOf: (domain) => `${origin(ctx.protocol, domain, resolution.port)}/`,
  };
}
