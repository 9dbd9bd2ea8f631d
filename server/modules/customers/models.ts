import { columns, defineStoreTable, type StoreRow } from '../../database/model.ts';

/** A shopper; belongs to one store. The same address may be a customer of several. */
export interface CustomerRow extends StoreRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly deletedAt: Date | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const customers = defineStoreTable<CustomerRow>({
  table: 'customers',
  columns: {
    id: columns.id,
    email: columns.text,
    name: columns.text,
    createdAt: columns.timestamp,
    deletedAt: columns.timestamp,
    metadata: columns.json,
  },
});
