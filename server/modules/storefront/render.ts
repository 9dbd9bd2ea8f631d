import { type AppContext, requireStore } from '../../context.ts';
import { origin } from '../../tenancy/origin.ts';
import { formatMoney } from '../../themes/money.ts';
import type { LinkView, PageModels, PageView, ShopView, TemplateName, ThemeLocals } from '../../themes/view-models.ts';
import type { MenuItem } from '../cms/service.ts';
import { type DebugBar, withDebugBar } from './debug-bar.ts';
import { createLinks, type StoreLinks } from './links.ts';
import type { StorefrontParts } from './middleware.ts';
import type { ShopContext, ShopContexts } from './shop-context.ts';

/** The storefront part of a request's state: + state.storefront. */
export interface StorefrontState {
  readonly shop: ShopContext;
  readonly shops: ShopContexts;
  readonly links: StoreLinks;
  /** The page's path below the store: `/products/laptop`. */
  readonly path: string;
  readonly debugBar: DebugBar;
}

/** Prepares links and theme for a request of a store. */
export async function prepareStorefront(
  ctx: AppContext,
  { shops, platformDomain, resends, debugBar }: StorefrontParts,
): Promise<StorefrontState> {
  const store = requireStore(ctx);
  const { resolution } = ctx.state;
  const host = resolution.mode === 'custom_domain' ? resolution.hostname : `${store.subdomain}.${platformDomain}`;
  const path = resolution.cleanPath.replace(/^\/storefront(?=\/|$)/, '') || '/';
  const themeOf = resends.find(ctx.state.requestId)?.themeOf ?? null;
  return {
    shop: await (themeOf ? shops.withThemeOf(store, themeOf) : shops.of(store)),
    shops,
    links: createLinks(resolution, origin(ctx.protocol, host, resolution.port)),
    path,
    debugBar,
  };
}

/** The storefront part of the state. @throws {TypeError} outside a storefront */
export function storefrontOf(ctx: AppContext): StorefrontState {
  if (!ctx.state.storefront) throw new TypeError('this is not a storefront request');
  return ctx.state.storefront as StorefrontState;
}

export interface PageHead {
  readonly title?: string;
  readonly description?: string;
  readonly searchQuery?: string;
}

/** Answers with a page of the store's theme. */
export function renderPage<T extends TemplateName>(
  ctx: AppContext,
  template: T,
  model: PageModels[T],
  head: PageHead = {},
): void {
  const { shop, shops, links, path, debugBar } = storefrontOf(ctx);
  const { theme } = shops;
  const name = shop.store.name;
  const page: PageView = {
    template,
    title: head.title ? `${head.title} · ${name}` : shop.profile.tagline ? `${name} · ${shop.profile.tagline}` : name,
    description: head.description ?? shop.profile.description,
    canonicalUrl: links.canonical(path),
    searchQuery: head.searchQuery ?? '',
  };
  const locals: ThemeLocals<T> = {
    shop: shopView(shop, links),
    settings: shop.settings,
    page,
    menus: { main: linkViews(shop.menus.main, links, path), footer: linkViews(shop.menus.footer, links, path) },
    model,
    cssVariables: shop.cssVariables,
    nonce: ctx.state.nonce,
    url: links.url,
    asset: (file) => `/assets/${theme.id}/${theme.assetsHash}/${file}`,
    money: (minor) => formatMoney(minor, shop.store.currency, shop.store.locale),
    t: theme.translate,
  };
  ctx.type = 'html';
  const html = theme.render(template, locals);
  // With a body the answer has its status, which the bar shows.
  ctx.body = html;
  ctx.body = withDebugBar(ctx, html, debugBar);
}

function shopView(shop: ShopContext, links: StoreLinks): ShopView {
  const { profile, store } = shop;
  const { logo } = store;
  return {
    code: store.code,
    name: store.name,
    tagline: profile.tagline,
    description: profile.description,
    currency: store.currency,
    locale: store.locale,
    logo: logo
      ? { src: links.media(logo.file), srcset: '', width: logo.width, height: logo.height, alt: store.name }
      : null,
    faviconUrl: logo?.favicon ? links.media(logo.favicon) : null,
    hero: profile.hero
      ? { ...profile.hero, buttonUrl: links.url(profile.hero.buttonUrl), image: links.image(profile.hero.image) }
      : null,
  };
}

function linkViews(items: readonly MenuItem[], links: StoreLinks, path: string): LinkView[] {
  return items.map((item) => ({ title: item.title, url: links.url(item.url), active: item.url === path }));
}
