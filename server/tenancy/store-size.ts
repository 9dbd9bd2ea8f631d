import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreBackend, StoreRef } from '../database/store-database.ts';
import type { StoreSummary } from './resolution.ts';

/** Bytes by store code. */
export async function storeSizes(
  stores: readonly StoreSummary[],
  backend: StoreBackend,
  storageDir: string,
): Promise<ReadonlyMap<string, number>> {
  const sizes = stores.map(async (store) => [store.code, await storeSize(store, backend, storageDir)] as const);
  return new Map(await Promise.all(sizes));
}

/** Bytes a store takes: its own database, where it has one, and its files. */
export async function storeSize(
  store: StoreRef & Pick<StoreSummary, 'publicId'>,
  backend: StoreBackend,
  storageDir: string,
): Promise<number> {
  const folder = join(storageDir, store.publicId);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)));
  const files = sizes.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0);
  return files + ((await backend.size(store)) ?? 0);
}
