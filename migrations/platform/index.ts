import type { Migration } from '../../server/database/migrator.ts';
import { createPlatform } from './20261121000100-create-platform.ts';
import { addStoreChanges } from './20261121001000-add-store-changes.ts';
import { addStoreLimits } from './20261121002000-add-store-limits.ts';
import { addProvisioningJobs } from './20261121002500-add-provisioning-jobs.ts';
import { addDomainChecks } from './20261121003000-add-domain-checks.ts';

/** Migrations of the platform database, in the order they run. */
export const platformMigrations: readonly Migration[] = [
  createPlatform,
  addStoreChanges,
  addStoreLimits,
  addProvisioningJobs,
  addDomainChecks,
];
