import { LRUCache } from 'lru-cache';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type StoreDomainRecord, type StoreRecord, storeDomains, stores } from '../database/platform-tables.ts';
import type { DomainMatch, Found, StoreLookup, StoreSummary } from './resolution.ts';

/** A store has several: by subdomain, code, domain and number. */
const ENTRIES_KEPT = 50_000;
const SUMMARIES_KEPT = 10_000;

/** Kept in a cache, where undefined means "not asked yet": hence the box. */
interface Box {
  readonly value: unknown;
}

/**
 * Answers the resolver's look-ups from the platform database through a bounded cache.
 * Whoever changes a store or a domain calls {@link StoreDirectory.forget}.
 */
export class StoreDirectory implements StoreLookup {
  readonly #platform: PlatformDatabase;
  readonly #cache = new LRUCache<string, Box>({ max: ENTRIES_KEPT });
  readonly #summaries = new LRUCache<number, StoreSummary>({ max: SUMMARIES_KEPT });
  #generation = 0;

  constructor(platform: PlatformDatabase) {
    this.#platform = platform;
  }

  byDomain(domain: string): Promise<Found<DomainMatch | null>> {
    return this.#find('domain', domain, () => this.#loadDomain(domain));
  }

  bySubdomain(label: string): Promise<Found<StoreSummary | null>> {
    return this.#find('subdomain', label, () => this.#loadStore({ subdomain: label }));
  }

  byCode(code: string): Promise<Found<StoreSummary | null>> {
    return this.#find('code', code, () => this.#loadStore({ code }));
  }

  byPublicId(publicId: string): Promise<Found<StoreSummary | null>> {
    return this.#find('id', publicId, () => this.#loadStore({ id: Number(publicId.slice('store_'.length)) }));
  }

  /** Every store that is ready, in the order they were made. */
  async all(): Promise<readonly StoreSummary[]> {
    const found = await this.#find('all', '', async () => {
      const rows = await this.#platform.table(stores).find({ where: { state: 'ready' }, order: [['id', 'asc']] });
      return rows.map((row) => this.#summary(row));
    });
    return found.value;
  }

  /** Drops everything known; the next look-ups ask the database. */
  forget(): void {
    this.#generation += 1;
    this.#cache.clear();
    this.#summaries.clear();
  }

  async #find<Value>(kind: string, input: string, load: () => Promise<Value>): Promise<Found<Value>> {
    const key = `${kind} ${input}`;
    const query = QUERIES[kind] ?? '';
    const known = this.#cache.get(key);
    if (known) return { value: known.value as Value, query, cached: true };
    const asked = this.#generation;
    const value = await load();
    // An answer that was read before a change must not outlive it.
    if (asked === this.#generation) this.#cache.set(key, { value });
    return { value, query, cached: false };
  }

  async #loadStore(where: Partial<Pick<StoreRecord, 'id' | 'code' | 'subdomain'>>): Promise<StoreSummary | null> {
    const record = await this.#platform.table(stores).findOne({ where: { ...where, state: 'ready' } });
    return record ? this.#summary(record) : null;
  }

  /** The same object for everyone who asks, however the store was found: caches compare it. */
  #summary(record: StoreRecord): StoreSummary {
    const known = this.#summaries.get(record.id) ?? summarize(record);
    this.#summaries.set(record.id, known);
    return known;
  }

  async #loadDomain(domain: string): Promise<DomainMatch | null> {
    const record = await this.#platform.table(storeDomains).findOne({ where: { domain } });
    const store = record ? await this.#loadStore({ id: record.storeId }) : null;
    if (!record || !store) return null;
    const primary = await this.#primaryDomain(record);
    return Object.freeze({
      store,
      isActive: record.isActive,
      isVerified: record.isVerified,
      isPrimary: record.isPrimary,
      primaryDomain: primary,
    });
  }

  async #primaryDomain(record: StoreDomainRecord): Promise<string | null> {
    if (record.isPrimary) return record.isActive && record.isVerified ? record.domain : null;
    const primary = await this.#platform
      .table(storeDomains)
      .findOne({ where: { storeId: record.storeId, isPrimary: true, isActive: true, isVerified: true } });
    return primary?.domain ?? null;
  }
}

/** The look-up in words, for the ladder. */
const QUERIES: Readonly<Record<string, string>> = {
  domain: 'SELECT store_id, is_active, is_verified, is_primary FROM store_domains WHERE domain = ?',
  subdomain: "SELECT * FROM stores WHERE subdomain = ? AND state = 'ready' AND deleted_at IS NULL",
  code: "SELECT * FROM stores WHERE code = ? AND state = 'ready' AND deleted_at IS NULL",
  id: "SELECT * FROM stores WHERE id = ? AND state = 'ready' AND deleted_at IS NULL",
};

/** The part of a store's record that routing and rendering need. */
export function summarize(record: StoreRecord): StoreSummary {
  return Object.freeze({
    id: record.id,
    publicId: `store_${record.id}`,
    code: record.code,
    subdomain: record.subdomain,
    schemaName: record.schemaName,
    name: record.name,
    isActive: record.isActive,
    currency: record.currency,
    locale: record.locale,
    color: record.color,
    logo: record.logo,
  });
}
