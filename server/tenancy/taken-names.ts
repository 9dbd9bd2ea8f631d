import type { PlatformDatabase } from '../database/platform-database.ts';
import { type StoreRecord, storeDomains, stores } from '../database/platform-tables.ts';
import type { Fault } from '../errors.ts';
import { restorableUntil } from './deleted-stores.ts';
import { schemaNameOf, storeCodeFaults, suggestStoreCode } from './store-code.ts';
import type { StoreDraft } from './store-input.ts';

const MAX_CODE = 50;
/** Room for `-9999` behind a suggestion. */
const SUFFIX = 5;

/** Every name of a new store that another store has; a deleted one keeps its names until it is removed for good. */
export async function takenFaults(
  platform: PlatformDatabase,
  draft: Pick<StoreDraft, 'code' | 'domains'>,
): Promise<Fault[]> {
  const table = platform.table(stores);
  const faults: Fault[] = [];
  const byCode = await table.findOne({ where: { code: draft.code }, withDeleted: true });
  const schemaName = schemaNameOf(draft.code);
  const bySchema = byCode ? null : await table.findOne({ where: { schemaName }, withDeleted: true });
  if (byCode) faults.push({ field: 'code', message: codeTaken(byCode) });
  if (bySchema) {
    const message = `"${draft.code}" would have the schema ${schemaName}, which belongs to ${bySchema.code}.`;
    faults.push({ field: 'code', message: message + deletedAdvice(bySchema) });
  }
  return [...faults, ...(await takenDomainFaults(platform, draft.domains))];
}

/** Every domain that a store has. */
export async function takenDomainFaults(platform: PlatformDatabase, domains: readonly string[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [index, domain] of domains.entries()) {
    const held = await platform.table(storeDomains).findOne({ where: { domain } });
    const holder = held
      ? await platform.table(stores).findOne({ where: { id: held.storeId }, withDeleted: true })
      : null;
    if (holder) {
      const message = `${domain} belongs to ${holder.name} (${holder.code}) already.${deletedAdvice(holder)}`;
      faults.push({ field: `domains[${index}]`, message });
    }
  }
  return faults;
}

/** A code for a store of this name that is neither taken nor reserved; empty when the name gives none. */
export async function freeCode(platform: PlatformDatabase, name: string): Promise<string> {
  const base = suggestStoreCode(name);
  if (base === '') return '';
  const stem =
    [base, `${base}-store`, `store-${base}`].find((code) => storeCodeFaults(code).length === 0) ?? 'new-store';
  const short = stem.slice(0, MAX_CODE - SUFFIX).replace(/-+$/, '');
  const rows = await platform
    .table(stores)
    .find({ where: { code: { contains: short } }, columns: ['code'], withDeleted: true });
  const taken = new Set(rows.map((row) => row.code));
  if (!taken.has(stem)) return stem;
  let number = 2;
  while (taken.has(`${short}-${number}`)) number += 1;
  return `${short}-${number}`;
}

function codeTaken(holder: StoreRecord): string {
  if (holder.state === 'provisioning') return `"${holder.code}" is taken by ${holder.name}, which is being made.`;
  if (holder.deletedAt === null || holder.state !== 'ready')
    return `"${holder.code}" is taken by ${holder.name}. Codes that differ only in letter case are the same.`;
  return `"${holder.code}" is held by ${holder.name}.${deletedAdvice(holder)}`;
}

/** What frees the names of a store that was deleted; empty for any other. */
function deletedAdvice(holder: StoreRecord): string {
  if (holder.deletedAt === null || holder.state !== 'ready') return '';
  const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' }).format(
    restorableUntil(holder.deletedAt),
  );
  return ` That store was deleted, and its names are kept until ${until}. Restore it (orion store restore ${holder.code}), or remove it permanently (orion store delete ${holder.code} --permanently).`;
}
