import { catalogModule } from './catalog/module.ts';
import { cmsModule } from './cms/module.ts';
import { customersModule } from './customers/module.ts';
import type { PlatformModule } from './module.ts';
import { ordersModule } from './orders/module.ts';

/** Everything a platform offers. A module stands after those whose tables it refers to. */
export const platformModules: readonly PlatformModule[] = [catalogModule, customersModule, ordersModule, cmsModule];

/** The tables of a store, in the order they are made. */
export const storeTables = platformModules.flatMap((module) => module.tables);
