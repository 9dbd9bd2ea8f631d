import type { Config } from './config.ts';
import type { LimitParts } from './console/limit-routes.ts';
import { limitConnections } from './database/backends/connection-gate.ts';
import type { PlatformDatabase } from './database/platform-database.ts';
import type { SharedState } from './database/shared-state.ts';
import type { StoreBackend } from './database/store-database.ts';
import { limitStorage } from './tenancy/limit-storage.ts';
import { StoreJobs } from './tenancy/store-jobs.ts';
import { StoreLimitService } from './tenancy/store-limits.ts';
import { storeSize } from './tenancy/store-size.ts';
import { StoreStorage } from './tenancy/store-storage.ts';

/** Puts together what keeps stores within their limits; the backend it gives is the one that requests use. */
export function limitStores(parts: {
  readonly config: Config;
  readonly database: PlatformDatabase;
  readonly backend: StoreBackend;
  readonly shared: SharedState;
  readonly storageDir: string;
}): { readonly backend: StoreBackend; readonly limitParts: LimitParts } {
  const { config, shared, storageDir } = parts;
  const limits = new StoreLimitService(parts.database, {
    requestsPerMinute: config.apiRequestsPerMinute,
    connections: config.storeConnections,
    storageMegabytes: config.storeStorageMegabytes,
    concurrentJobs: config.storeJobs,
  });
  const connections = limitConnections(parts.backend, async (store) => (await limits.of(store.id)).connections);
  const storage = new StoreStorage({
    sizeOf: (store) => storeSize({ ...store, publicId: `store_${store.id}` }, parts.backend, storageDir),
    limits,
  });
  return {
    backend: limitStorage(connections, storage),
    limitParts: { limits, requestCounter: shared.requests, connections, storage, jobs: new StoreJobs({ limits }) },
  };
}
