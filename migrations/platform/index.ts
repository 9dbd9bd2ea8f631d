import type { Migration } from '../../server/database/migrator.ts';
import { createPlatform } from './20261121000100-create-platform.ts';
import { addStoreChanges } from './20261121001000-add-store-changes.ts';

/** Migrations of the platform database, in the order they run. */
export const platformMigrations: readonly Migration[] = [createPlatform, addStoreChanges];
