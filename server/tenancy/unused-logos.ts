/** Logos that were written and are not in use: a store's record names the one that is, everything else goes. */
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type StoreLogo, type StoreRecord, stores } from '../database/platform-tables.ts';
import type { LogoFiles } from './logo-files.ts';
import type { ProvisioningParts } from './provisioning-steps.ts';

/** Takes back a logo that was written for a store and did not become its logo. */
export async function withdrawLogo(
  parts: Pick<ProvisioningParts, 'platform' | 'removeFiles'> & { readonly logos: LogoFiles },
  store: StoreRecord,
  logo: StoreLogo,
): Promise<void> {
  await parts.logos.remove(store.id, logo);
  const record = await parts.platform.table(stores).findOne({ where: { id: store.id }, withDeleted: true });
  // The store was removed for good meanwhile: writing the logo may have made its folder anew.
  if (record?.state !== 'ready') await parts.removeFiles(store);
}

/** Removes what is left of logos whose change was cut short by a crash. Called before anything is served. */
export async function removeUnusedLogos(platform: PlatformDatabase, logos: LogoFiles): Promise<void> {
  const records = await platform.table(stores).find({ where: { state: 'ready' }, withDeleted: true });
  await Promise.all(records.map(({ id, logo }) => logos.removeOthers(id, logo)));
}
