import type { Migration } from '../../server/database/migrator.ts';
import { createPlatform } from './20261121000100-create-platform.ts';

/** Migrations of the platform database, in the order they run. */
export const platformMigrations: readonly Migration[] = [createPlatform];
