/** Logos that were written and are not in use: a store's record names the one that is, everything else goes. */
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type StoreLogo, type StoreRecord, stores } from '../database/platform-tables.ts';
import type { LogoFiles } from './logo-files.ts';
import type { ProvisioningParts } from './provisioning-steps.ts';

const AT_ONCE = 100;

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

/**
 * Removes what is left of logos whose change was cut short by a crash. Called before anything is served. Only stores with files
 * are looked at, some at a time: a start takes neither longer nor more memory with many stores.
 */
export async function removeUnusedLogos(platform: PlatformDatabase, logos: LogoFiles): Promise<void> {
  const ids = await logos.storeIds();
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const where = { id: ids.slice(start, start + AT_ONCE), state: 'ready' as const };
    const records = await platform.table(stores).find({ where, columns: ['id', 'logo'], withDeleted: true });
    await Promise.all(records.map(({ id, logo }) => logos.removeOthers(id, logo)));
  }
}
