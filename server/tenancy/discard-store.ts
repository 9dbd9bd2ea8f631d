/** Removing a store for good. Its record goes last, so that a removal which was cut short is found and finished. */
import type { PlatformDatabase } from '../database/platform-database.ts';
import { provisioningJobs, type StoreRecord, stores } from '../database/platform-tables.ts';
import type { StoreRef } from '../database/store-database.ts';
import { type ProvisioningParts, removeMembers } from './provisioning-steps.ts';

type DiscardParts = Pick<ProvisioningParts, 'platform' | 'backend' | 'removeFiles'>;

/** Removes every trace of a store. Repeatable: a crash half-way is made good by calling it again. */
export async function discardStore(parts: DiscardParts, store: StoreRef): Promise<void> {
  await parts.platform.table(stores).update({ id: store.id }, { state: 'deleting' }, { withDeleted: true });
  await parts.backend.drop(store);
  await parts.removeFiles(store);
  await parts.platform.transaction(async (inside) => {
    await removeMembers(inside, store.id);
    await inside.table(stores).delete({ id: store.id });
  });
}

/**
 * Finishes the removal of stores that was cut short; returns their codes. Called before anything is served.
 * @param onFailure told of a store that cannot be removed: nobody can reach it, so the others need not wait for it
 */
export async function discardUnfinished(
  parts: DiscardParts,
  onFailure: (code: string, error: unknown) => void,
): Promise<string[]> {
  const removed: string[] = [];
  for (const store of await unfinishedRemovals(parts.platform)) {
    try {
      await discardStore(parts, store);
      removed.push(store.code);
    } catch (error) {
      onFailure(store.code, error);
    }
  }
  return removed;
}

/** Stores that are being removed, and half-made ones without a job: nothing knows how to go on with those. */
async function unfinishedRemovals(platform: PlatformDatabase): Promise<StoreRecord[]> {
  const unfinished = await platform
    .table(stores)
    .find({ where: { state: ['provisioning', 'deleting'] }, withDeleted: true });
  if (unfinished.every((store) => store.state === 'deleting')) return unfinished;
  const jobs = await platform
    .table(provisioningJobs)
    .find({ where: { state: ['running', 'undoing'] }, columns: ['storeId'] });
  const known = new Set(jobs.map((job) => job.storeId));
  return unfinished.filter((store) => store.state === 'deleting' || !known.has(store.id));
}
