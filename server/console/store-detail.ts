import type { ListedStore, StoreDetail } from '../contract/stores.ts';
import type { StoreBackend } from '../database/store-database.ts';
import { countProducts, listProducts } from '../modules/catalog/service.ts';
import { countCustomers } from '../modules/customers/service.ts';
import { countOrders } from '../modules/orders/service.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import { storeSize } from '../tenancy/store-size.ts';

export interface StoreDetailParts {
  readonly stores: StoreService;
  readonly backend: StoreBackend;
  readonly storageDir: string;
}

/** A store's own page: people, figures, and where its data lies. Data that cannot be opened is a sentence, not an error. */
export async function storeDetail(store: ListedStore, parts: StoreDetailParts): Promise<StoreDetail> {
  const people = await parts.stores.members(store.id);
  const owner = people.find(({ role }) => role === 'store_owner');
  return {
    ...store,
    owner: owner ? { email: owner.email, name: owner.name } : null,
    members: people.map(({ email, name, role }) => ({ email, name, role })),
    ...(await figuresOf(store, parts)),
    location: parts.backend.describe(store),
  };
}

async function figuresOf(
  store: ListedStore,
  { backend, storageDir }: StoreDetailParts,
): Promise<Pick<StoreDetail, 'figures' | 'dataError'>> {
  try {
    const counts = await backend.use(store, async (database) => ({
      products: await countProducts(database),
      orders: await countOrders(database),
      customers: await countCustomers(database),
      firstProduct: (await listProducts(database, { limit: 1 })).products[0]?.handle ?? null,
    }));
    return { figures: { ...counts, storageBytes: await storeSize(store, backend, storageDir) }, dataError: null };
  } catch (error) {
    // What shoppers may not read, such as the file's name, stands in the cause.
    const { message, cause } = error as Error;
    return { figures: null, dataError: cause instanceof Error ? cause.message : message };
  }
}
