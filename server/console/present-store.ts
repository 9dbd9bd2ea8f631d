import type { DeletedStore, ListedStore } from '../contract/stores.ts';
import type { StoreRecord } from '../database/platform-tables.ts';
import { restorableUntil } from '../tenancy/deleted-stores.ts';
import type { ResolverSettings } from '../tenancy/resolve.ts';
import { storeUrls } from './store-urls.ts';

/** Where the server can be reached: what addresses are made of. */
export interface ServerAddress {
  readonly resolver: ResolverSettings;
  /** `http` or `https`. */
  readonly scheme: string;
  readonly port: number | null;
}

/** @param domains verified and active custom domains, the primary one first */
export function presentStore(store: StoreRecord, domains: readonly string[], address: ServerAddress): ListedStore {
  const { id, code, subdomain, schemaName, name, isActive, currency, locale, color, version, logo } = store;
  return {
    id,
    publicId: `store_${id}`,
    code,
    subdomain,
    schemaName,
    name,
    isActive,
    currency,
    locale,
    color,
    version,
    // The file's name changes with every logo: the address may be cached, and says whether the logo is another one.
    logoUrl: logo ? `/api/stores/${code}/logo?v=${id}.${encodeURIComponent(logo.file)}` : null,
    createdAt: store.createdAt.getTime(),
    domains,
    urls: storeUrls(store, domains, address.resolver, address.scheme, address.port),
  };
}

/** A deleted store as the console lists it. */
export function presentDeleted(store: StoreRecord): DeletedStore {
  const { id, code, name, color } = store;
  const deletedAt = store.deletedAt ?? new Date();
  return {
    id,
    code,
    name,
    color,
    deletedAt: deletedAt.getTime(),
    restorableUntil: restorableUntil(deletedAt).getTime(),
  };
}
