/**
 * Deleting a store comes in two steps. First its record gets `deletedAt`: no look-up finds it any more, its data and
 * names stay. Later, or when asked for, its state becomes `deleting` and everything is removed for good; that
 * can be cut short at any moment and is finished at the next start. Restoring is one write, or nothing.
 */
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type StoreRecord, stores } from '../database/platform-tables.ts';
import { ConflictError, NotFoundError } from '../errors.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a deleted store can be brought back. */
export const KEPT_DELETED_MS = 7 * DAY_MS;

/** After this a deleted store is removed for good. */
export function restorableUntil(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + KEPT_DELETED_MS);
}

/** Deleted stores that can be brought back, the latest first. */
export function listDeleted(platform: PlatformDatabase): Promise<StoreRecord[]> {
  return platform.table(stores).find({
    where: { state: 'ready', deletedAt: { not: null } },
    order: [
      ['deletedAt', 'desc'],
      ['id', 'desc'],
    ],
    withDeleted: true,
  });
}

/** Deleted stores whose time is over. */
export function listExpired(platform: PlatformDatabase): Promise<StoreRecord[]> {
  const before = new Date(Date.now() - KEPT_DELETED_MS);
  return platform
    .table(stores)
    .find({ where: { state: 'ready', deletedAt: { below: before } }, order: [['id', 'asc']], withDeleted: true });
}

/** Hides a store. Returns its record, or null when there is no such store. */
export function markDeleted(platform: PlatformDatabase, id: number, actor: string): Promise<StoreRecord | null> {
  return platform.transaction(async (inside) => {
    const record = await inside.table(stores).findOne({ where: { id, state: 'ready' } });
    if (!record) return null;
    const deletedAt = new Date();
    await inside.table(stores).update({ id }, { deletedAt, updatedAt: deletedAt, version: record.version + 1 });
    await inside.audit({ actor, storeId: id, action: 'store.delete', resource: record.code, changes: {} });
    return { ...record, deletedAt };
  });
}

/**
 * Brings a deleted store back.
 * @throws {NotFoundError} when no deleted store has this code
 * @throws {ConflictError} when its data is being removed already
 */
export function restoreDeleted(platform: PlatformDatabase, code: string, actor: string): Promise<StoreRecord> {
  return platform.transaction(async (inside) => {
    const record = await inside.table(stores).findOne({ where: { code }, withDeleted: true });
    if (record?.state === 'deleting')
      throw new ConflictError('store_being_removed', `${record.name} is being removed for good: it is too late.`);
    if (!record?.deletedAt)
      throw new NotFoundError(`No deleted store has the code "${code}".`, 'deleted_store_not_found');
    const changes = { deletedAt: null, updatedAt: new Date(), version: record.version + 1 };
    await inside.table(stores).update({ id: record.id }, changes, { withDeleted: true });
    await inside.audit({ actor, storeId: record.id, action: 'store.restore', resource: code, changes: {} });
    return { ...record, ...changes };
  });
}

/**
 * Begins to remove a store for good: from here on there is no way back.
 * @param which `expired`: only while it is deleted, so that a restored store is never removed
 * @returns false when there is no such store any more
 */
export function markRemoved(
  platform: PlatformDatabase,
  id: number,
  actor: string,
  which: 'any' | 'expired',
): Promise<boolean> {
  return platform.transaction(async (inside) => {
    const record = await inside.table(stores).findOne({ where: { id, state: 'ready' }, withDeleted: true });
    if (!record || (which === 'expired' && record.deletedAt === null)) return false;
    await inside.table(stores).update({ id }, { state: 'deleting' }, { withDeleted: true });
    const changes = { name: record.name };
    await inside.audit({ actor, storeId: id, action: 'store.remove', resource: record.code, changes });
    return true;
  });
}
