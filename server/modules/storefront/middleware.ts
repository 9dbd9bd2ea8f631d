import type { AppMiddleware } from '../../context.ts';
import { allowPreviewFrames } from '../../identity/security-headers.ts';
import type { ResendRegistry } from '../../observability/resend-registry.ts';
import type { DebugBar } from './debug-bar.ts';
import { prepareStorefront } from './render.ts';
import type { ShopContexts } from './shop-context.ts';

/** What every page of a store is made with. */
export interface StorefrontParts {
  readonly shops: ShopContexts;
  readonly platformDomain: string;
  /** Requests that the console sends with another store's theme. */
  readonly resends: Pick<ResendRegistry, 'find'>;
  readonly debugBar: DebugBar;
}

/** Reads the store's theme, settings and menus: + state.storefront; storefront only. */
export function storefrontTheme(parts: StorefrontParts): AppMiddleware {
  return async function storefrontThemeMiddleware(ctx, next) {
    const { area } = ctx.state.resolution;
    if (ctx.state.store && area === 'storefront') {
      allowPreviewFrames(ctx, parts.platformDomain);
      ctx.state.storefront = await prepareStorefront(ctx, parts);
    }
    return next();
  };
}
