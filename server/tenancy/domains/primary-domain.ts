import type { PlatformDatabase } from '../../database/platform-database.ts';
import { type StoreDomainRecord, storeDomains } from '../../database/platform-tables.ts';

/** Makes one domain of a store the primary one; call it inside a transaction. */
export async function makePrimary(inside: PlatformDatabase, { storeId, id }: StoreDomainRecord): Promise<void> {
  await inside.table(storeDomains).update({ storeId, isPrimary: true }, { isPrimary: false });
  await inside.table(storeDomains).update({ id }, { isPrimary: true });
}

/**
 * Sees to it that the primary domain of a store is one that answers: keeps it, or takes the one that has been there
 * longest, or none. Call it inside the transaction that changed the store's domains; returns the domain when it is new.
 */
export async function settlePrimary(inside: PlatformDatabase, storeId: number): Promise<string | null> {
  const rows = await inside.table(storeDomains).find({ where: { storeId }, order: [['id', 'asc']] });
  const isFit = ({ isActive, isVerified }: StoreDomainRecord) => isActive && isVerified;
  const current = rows.find(({ isPrimary }) => isPrimary);
  if (current && isFit(current)) return null;
  if (current) await inside.table(storeDomains).update({ id: current.id }, { isPrimary: false });
  const next = rows.find(isFit);
  if (!next) return null;
  await inside.table(storeDomains).update({ id: next.id }, { isPrimary: true });
  return next.domain;
}
