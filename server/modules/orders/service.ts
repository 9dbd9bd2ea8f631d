import { v7 as uuidv7 } from 'uuid';
import type { StoreDatabase } from '../../database/store-database.ts';
import { type OrderRow, orderItems, orders } from './models.ts';

export interface NewOrderItem {
  readonly variantId: string | null;
  readonly title: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

export interface NewOrder {
  readonly id?: string;
  readonly orderNumber: string;
  readonly customerId: string | null;
  readonly email: string;
  readonly status: string;
  readonly currency: string;
  readonly placedAt: Date;
  readonly items: readonly NewOrderItem[];
}

/** Adds an order with its lines; the total is their sum. Call it inside a transaction. */
export async function addOrder(database: StoreDatabase, input: NewOrder): Promise<void> {
  const { items, ...fields } = input;
  const id = input.id ?? uuidv7();
  const lines = items.map((item) => ({
    ...item,
    id: uuidv7(),
    orderId: id,
    totalMinor: item.quantity * item.unitPriceMinor,
  }));
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  await database.table(orders).insert({ ...fields, id, totalMinor, createdAt: new Date(), metadata: {} });
  await database.table(orderItems).insert(...lines);
}

/** The latest orders, newest first. */
export function listOrders(database: StoreDatabase, limit: number): Promise<OrderRow[]> {
  return database.table(orders).find({ order: [['placedAt', 'desc']], limit });
}

export function countOrders(database: StoreDatabase): Promise<number> {
  return database.table(orders).count({});
}
