import type { PlatformModule } from '../module.ts';
import { orderItems, orders } from './models.ts';

/** What shoppers bought. */
export const ordersModule: PlatformModule = { name: 'orders', tier: 'optional', tables: [orders, orderItems] };
