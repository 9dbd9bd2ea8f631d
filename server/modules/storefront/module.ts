export { renderStorefrontError } from './error-page.ts';
export { createLinks, sizedFile } from './links.ts';
export { type StorefrontParts, storefrontTheme } from './middleware.ts';
export { storefrontRoutes } from './routes.ts';
export { ShopContexts } from './shop-context.ts';
