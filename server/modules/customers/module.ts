import type { PlatformModule } from '../module.ts';
import { customers } from './models.ts';

/** The shoppers of a store. */
export const customersModule: PlatformModule = { name: 'customers', tier: 'core', tables: [customers] };
