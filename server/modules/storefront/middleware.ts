import type { AppMiddleware } from '../../context.ts';
import { allowPreviewFrames } from '../../identity/security-headers.ts';
import { prepareStorefront } from './render.ts';
import type { ShopContexts } from './shop-context.ts';

/** Reads the store's theme, settings and menus: + state.storefront; storefront only. */
export function storefrontTheme(shops: ShopContexts, platformDomain: string): AppMiddleware {
  return async function storefrontThemeMiddleware(ctx, next) {
    const { area } = ctx.state.resolution;
    if (ctx.state.store && area === 'storefront') {
      allowPreviewFrames(ctx, platformDomain);
      ctx.state.storefront = await prepareStorefront(ctx, shops, platformDomain);
    }
    return next();
  };
}
