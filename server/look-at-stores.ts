/** Opens stores to see whether they are well, for the doctor. */
import type { StoreDomainRecord, StoreRecord } from './database/platform-tables.ts';
import type { StoreBackend } from './database/store-database.ts';
import { countProducts } from './modules/catalog/service.ts';
import type { LookedStore } from './network/doctor/stores.ts';
import type { StoreService } from './tenancy/store-service.ts';

/** So many are opened, the newest first: a look must not take the time of a migration. */
const MAX_OPENED = 100;
const AT_ONCE = 8;

export interface StoreLookParts {
  readonly stores: StoreService;
  readonly backend: StoreBackend;
  readonly platformDomain: string;
}

/** The newest stores as they are found, and how many there are in all. */
export async function lookAtStores(
  parts: StoreLookParts,
): Promise<{ readonly looked: readonly LookedStore[]; readonly total: number }> {
  const [records, domains] = await Promise.all([parts.stores.records(), parts.stores.everyDomain()]);
  const domainsOf = Map.groupBy(domains, ({ storeId }) => storeId);
  const waiting = records.toReversed().slice(0, MAX_OPENED);
  const looked: LookedStore[] = [];
  const work = async () => {
    for (let store = waiting.shift(); store; store = waiting.shift())
      looked.push(await lookAtStore(store, domainsOf.get(store.id) ?? [], parts));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { looked: looked.sort((a, b) => a.code.localeCompare(b.code)), total: records.length };
}

async function lookAtStore(
  store: StoreRecord,
  domains: readonly StoreDomainRecord[],
  { backend, platformDomain }: StoreLookParts,
): Promise<LookedStore> {
  const known = {
    code: store.code,
    name: store.name,
    schemaName: store.schemaName,
    isActive: store.isActive,
    host: `${store.subdomain}.${platformDomain}`,
    domains: domains.map(({ domain, isActive, isVerified }) => ({ name: domain, isServed: isActive && isVerified })),
    place: backend.describe(store),
  };
  try {
    const migrations = await backend.migrations(store);
    const pending = migrations.filter(({ executedAt }) => executedAt === null).map(({ name }) => name);
    return { ...known, pending, products: await backend.use(store, countProducts), fault: null };
  } catch (error) {
    return { ...known, pending: [], products: 0, fault: (error as Error).message };
  }
}
