import type { AppContext } from '../context.ts';
import { badgeOf } from '../contract/badge.ts';
import { createLinks, sizedFile } from '../modules/storefront/module.ts';
import type { AppParts } from '../parts.ts';
import { origin } from '../tenancy/origin.ts';
import type { StoreSummary } from '../tenancy/resolution.ts';

const MAX_LISTED = 60;
/** Reading a store's picture opens its data: enough for what one sees first. */
const MAX_PICTURES = 12;
const THUMBNAIL_WIDTH = 960;

/** What the platform's landing page shows: in development the open stores, the first ones with their opening picture. */
export async function landingModel(ctx: AppContext, parts: AppParts): Promise<object> {
  const { port } = ctx.state.resolution;
  const addressOf = (name: string) => `${origin(ctx.protocol, `${name}.${parts.config.platformDomain}`, port)}/`;
  const all = parts.storeContext.isDevelopment ? await parts.stores.list() : [];
  const open = all.filter((store) => store.isActive);
  const stores = await Promise.all(
    open.slice(0, MAX_LISTED).map(async (store, index) => ({
      name: store.name,
      color: store.color,
      badge: badgeOf(store.name),
      url: addressOf(store.subdomain),
      ...(index < MAX_PICTURES && parts.resolver.pathRouting
        ? await opening(store, parts)
        : { tagline: '', picture: null }),
    })),
  );
  return {
    stores,
    more: open.length - stores.length,
    consoleUrl: parts.storeContext.isDevelopment ? addressOf('admin') : null,
    isListed: parts.storeContext.isDevelopment,
  };
}

/** By path, because a page may show pictures of its own host only. A store that cannot be opened has no picture. */
async function opening(store: StoreSummary, parts: AppParts): Promise<object> {
  const shop = await parts.shops.of(store).catch(() => null);
  const image = shop?.profile.hero?.image ?? null;
  const links = createLinks({ basePath: `/storefront/${store.code}` }, '');
  const small = image?.widths.includes(THUMBNAIL_WIDTH) ? sizedFile(image.file, THUMBNAIL_WIDTH) : image?.file;
  return {
    tagline: shop?.profile.tagline ?? '',
    picture: image && small ? { src: links.media(small), width: image.width, height: image.height } : null,
  };
}
