import { storeThemes } from '../../themes/tables.ts';
import type { PlatformModule } from '../module.ts';
import { menus, pages, storeSettings } from './models.ts';

/** Pages, menus, and how a store presents itself. */
export const cmsModule: PlatformModule = {
  name: 'cms',
  tier: 'core',
  tables: [pages, menus, storeThemes, storeSettings],
};
