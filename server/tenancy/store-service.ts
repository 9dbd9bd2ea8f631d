import type { PlatformDatabase } from '../database/platform-database.ts';
import { memberships, storeDomains, stores, users } from '../database/platform-tables.ts';
import type { StoreBackend } from '../database/store-database.ts';
import { NotFoundError } from '../errors.ts';
import {
  discardStore,
  discardUnfinishedStores,
  type ProvisioningParts,
  provisionStore,
  type SeedStore,
  type StepReport,
} from './provisioning.ts';
import type { StoreSummary } from './resolution.ts';
import { normalizeStoreCode } from './store-code.ts';
import { type StoreDirectory, summarize } from './store-directory.ts';
import type { StoreEvents } from './store-events.ts';
import { parseStoreInput, type StoreInput } from './store-input.ts';

export interface StoreServiceParts extends ProvisioningParts {
  readonly platform: PlatformDatabase;
  readonly backend: StoreBackend;
  readonly directory: StoreDirectory;
  readonly events: StoreEvents;
  readonly platformDomain: string;
}

export interface CreateStoreOptions {
  readonly seed: SeedStore;
  /** Who asked, for the audit log. */
  readonly actor: string;
  readonly onStep?: (report: StepReport) => void;
}

/** Everything that is done to stores as a whole. */
export class StoreService {
  readonly #parts: StoreServiceParts;

  constructor(parts: StoreServiceParts) {
    this.#parts = parts;
  }

  list(): Promise<readonly StoreSummary[]> {
    return this.#parts.directory.all();
  }

  /** @throws {NotFoundError} when no store has this code */
  async get(code: string): Promise<StoreSummary> {
    const wanted = normalizeStoreCode(code);
    const found = await this.#parts.directory.byCode(wanted);
    if (!found.value) throw new NotFoundError(`No store has the code "${wanted}".`, 'store_not_found');
    return found.value;
  }

  /**
   * Makes a store and waits until it answers.
   * @throws {ValidationError} with every fault of the input
   * @throws {ConflictError} when a name is taken
   */
  async create(input: StoreInput, options: CreateStoreOptions): Promise<StoreSummary> {
    const draft = parseStoreInput(input, this.#parts.platformDomain);
    const record = await provisionStore(this.#parts, draft, options);
    this.#announce('created', record.id, record.code);
    return summarize(record);
  }

  /** Removes a store and its data for good. */
  async delete(code: string, actor: string): Promise<StoreSummary> {
    const store = await this.get(code);
    await this.#parts.platform.transaction(async (inside) => {
      await inside.table(stores).update({ id: store.id }, { state: 'deleting' });
      await inside.audit({
        actor,
        storeId: store.id,
        action: 'store.delete',
        resource: store.code,
        changes: { name: store.name },
      });
    });
    this.#announce('deleted', store.id, store.code);
    await discardStore(this.#parts, store);
    // Whoever asked between the two announcements may have cached it again.
    this.#announce('deleted', store.id, store.code);
    return store;
  }

  /** Opens or closes a store to its shoppers. */
  async setActive(code: string, isActive: boolean, actor: string): Promise<StoreSummary> {
    const store = await this.get(code);
    await this.#parts.platform.transaction(async (inside) => {
      await inside.table(stores).update({ id: store.id }, { isActive, updatedAt: new Date() });
      await inside.audit({
        actor,
        storeId: store.id,
        action: 'store.update',
        resource: store.code,
        changes: { isActive },
      });
    });
    this.#announce('changed', store.id, store.code);
    return { ...store, isActive };
  }

  /** Verified and active domains of a store, the primary one first. */
  async domains(storeId: number): Promise<string[]> {
    const rows = await this.#parts.platform.table(storeDomains).find({
      where: { storeId, isActive: true, isVerified: true },
      order: [
        ['isPrimary', 'desc'],
        ['id', 'asc'],
      ],
    });
    return rows.map((row) => row.domain);
  }

  /** People who work for a store. */
  async members(
    storeId: number,
  ): Promise<{ readonly id: string; readonly email: string; readonly name: string; readonly role: string }[]> {
    const rows = await this.#parts.platform
      .table(memberships)
      .find({ where: { storeId }, order: [['createdAt', 'asc']] });
    const people = await this.#parts.platform.table(users).find({ where: { id: rows.map((row) => row.userId) } });
    return rows.flatMap((row) => {
      const person = people.find(({ id }) => id === row.userId);
      return person ? [{ id: person.id, email: person.email, name: person.name, role: row.role }] : [];
    });
  }

  /** Cleans up after a crash; returns the codes of stores that were removed. */
  recover(): Promise<string[]> {
    return discardUnfinishedStores(this.#parts);
  }

  #announce(name: 'created' | 'changed' | 'deleted', storeId: number, code: string): void {
    this.#parts.directory.forget();
    this.#parts.events.emit({ name, storeId, code });
  }
}
