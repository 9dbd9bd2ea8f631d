import { v7 as uuidv7 } from 'uuid';
import type { StoreDatabase } from '../../database/store-database.ts';
import { customers } from './models.ts';

export interface NewCustomer {
  readonly id?: string;
  readonly email: string;
  readonly name: string;
}

/** Adds a customer and returns the id. @throws {UniqueViolationError} when the store has the address already */
export async function addCustomer(database: StoreDatabase, input: NewCustomer): Promise<string> {
  const id = input.id ?? uuidv7();
  await database
    .table(customers)
    .insert({ id, email: input.email.toLowerCase(), name: input.name, createdAt: new Date(), metadata: {} });
  return id;
}

export function countCustomers(database: StoreDatabase): Promise<number> {
  return database.table(customers).count({});
}
