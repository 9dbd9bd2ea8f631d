import type { PlatformModule } from '../module.ts';
import { productCategories, productImages, products, productVariants } from './models.ts';

/** Products, their variants, pictures and categories. */
export const catalogModule: PlatformModule = {
  name: 'catalog',
  tier: 'core',
  tables: [productCategories, products, productVariants, productImages],
};
