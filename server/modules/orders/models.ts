import { columns, defineStoreTable, type StoreRow } from '../../database/model.ts';

export interface OrderRow extends StoreRow {
  readonly id: string;
  readonly customerId: string | null;
  readonly orderNumber: string;
  readonly email: string;
  readonly status: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly placedAt: Date;
  readonly createdAt: Date;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A line of an order; title, sku and price stay as they were when it was placed. */
export interface OrderItemRow extends StoreRow {
  readonly id: string;
  readonly orderId: string;
  readonly variantId: string | null;
  readonly title: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly totalMinor: number;
}

const { id, uuid, text, integer, json, timestamp } = columns;

export const orders = defineStoreTable<OrderRow>({
  table: 'orders',
  columns: {
    id,
    customerId: uuid,
    orderNumber: text,
    email: text,
    status: text,
    currency: text,
    totalMinor: integer,
    placedAt: timestamp,
    createdAt: timestamp,
    metadata: json,
  },
});

export const orderItems = defineStoreTable<OrderItemRow>({
  table: 'order_items',
  columns: {
    id,
    orderId: uuid,
    variantId: uuid,
    title: text,
    sku: text,
    quantity: integer,
    unitPriceMinor: integer,
    totalMinor: integer,
  },
});
