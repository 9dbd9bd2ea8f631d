import type { Migration } from '../../server/database/migrator.ts';
import { createCatalogue } from './20261121000100-create-catalogue.ts';
import { createOrders } from './20261121000200-create-orders.ts';
import { createContent } from './20261121000300-create-content.ts';
import { guardStoreIdentity } from './20261121000400-guard-store-identity.ts';

/** Migrations of a store's tables, in the order they run. */
export const storeMigrations: readonly Migration[] = [createCatalogue, createOrders, createContent, guardStoreIdentity];
