import type { ProvisioningJob } from '../contract/provisioning.ts';
import type { StepReport, UpdateStoreInput } from '../contract/stores.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import {
  type StoreDomainRecord,
  type StoreLogo,
  type StoreRecord,
  storeDomains,
  stores,
} from '../database/platform-tables.ts';
import type { StoreBackend } from '../database/store-database.ts';
import type { StoreLifecycle } from '../database/switchable/store-lifecycle.ts';
import { type Fault, NotFoundError } from '../errors.ts';
import { listDeleted, listExpired, markDeleted, markRemoved, restoreDeleted } from './deleted-stores.ts';
import { discardStore, discardUnfinished } from './discard-store.ts';
import type { LogoFiles, PreparedLogo } from './logo-files.ts';
import { Provisioning, type ResumedJob, type Resuming } from './provisioning.ts';
import type { SeedRecipe } from './provisioning-input.ts';
import { pruneJobs } from './provisioning-jobs.ts';
import type { ProvisioningParts } from './provisioning-steps.ts';
import type { StoreSummary } from './resolution.ts';
import { type ChangeResult, changeStore, parseStoreChanges } from './store-changes.ts';
import { normalizeStoreCode } from './store-code.ts';
import type { StoreDirectory } from './store-directory.ts';
import type { StoreEventName, StoreEvents } from './store-events.ts';
import { parseStoreInput, readStoreInput, type StoreDraft, type StoreInput, type TypedInput } from './store-input.ts';
import { listMembers, type StoreMember } from './store-members.ts';
import type { StoreStorage } from './store-storage.ts';
import { freeCode, takenFaults } from './taken-names.ts';
import { removeUnusedLogos, withdrawLogo } from './unused-logos.ts';

export interface StoreServiceParts extends ProvisioningParts {
  readonly platform: PlatformDatabase;
  readonly backend: StoreBackend;
  readonly directory: StoreDirectory;
  readonly events: StoreEvents;
  readonly logos: LogoFiles;
  readonly storage: StoreStorage;
  /** Which stores there are does not change while the platform moves to another backend. */
  readonly lifecycle: StoreLifecycle;
  readonly platformDomain: string;
}

export interface CreateStoreOptions {
  readonly seed: SeedRecipe;
  /** Who asked, for the audit log. */
  readonly actor: string;
  /** Faults of the input that were found elsewhere; they are reported with the others. */
  readonly faults?: readonly Fault[];
  readonly onStep?: (report: StepReport) => void;
}

export interface UpdateStoreOptions {
  readonly actor: string;
  /** Null takes the logo away; absent leaves it. */
  readonly logo?: PreparedLogo | null | undefined;
  readonly faults?: readonly Fault[];
}

/** Everything that is done to stores as a whole. */
export class StoreService {
  readonly #parts: StoreServiceParts;
  readonly #provisioning: Provisioning;

  constructor(parts: StoreServiceParts) {
    this.#parts = parts;
    this.#provisioning = new Provisioning(parts, (code, report) => parts.events.emitStep({ ...report, code }));
  }

  list(): Promise<readonly StoreSummary[]> {
    return this.#parts.directory.all();
  }

  /** The whole records of the stores, in the order they were made. */
  records(): Promise<StoreRecord[]> {
    return this.#parts.platform.table(stores).find({ where: { state: 'ready' }, order: [['id', 'asc']] });
  }

  /** @throws {NotFoundError} when no store has this code */
  async get(code: string): Promise<StoreSummary> {
    const found = await this.#parts.directory.byCode(normalizeStoreCode(code));
    return found.value ?? this.#refuseUnknown(code);
  }

  /** @throws {NotFoundError} when no store has this code */
  async record(code: string): Promise<StoreRecord> {
    const where = { code: normalizeStoreCode(code), state: 'ready' as const };
    return (await this.#parts.platform.table(stores).findOne({ where })) ?? this.#refuseUnknown(code);
  }

  /** What a new store would be called, and everything that would be refused; nothing is made. */
  async check(
    input: TypedInput,
  ): Promise<{ readonly draft: StoreDraft; readonly suggestedCode: string; readonly faults: readonly Fault[] }> {
    const { platform, platformDomain } = this.#parts;
    const suggestedCode = await freeCode(platform, input.name?.trim() ?? '');
    const code = input.code ?? (suggestedCode === '' ? undefined : suggestedCode);
    const { draft, faults } = readStoreInput({ ...input, code }, platformDomain);
    return { draft, suggestedCode, faults: [...faults, ...(await takenFaults(platform, draft))] };
  }

  /**
   * Makes a store and waits until it answers.
   * @throws {ValidationError} with every fault of the input
   * @throws {ConflictError} when a name is taken
   */
  async create(input: StoreInput, options: CreateStoreOptions): Promise<StoreRecord> {
    const { seed: recipe, actor, faults, onStep } = options;
    const draft = parseStoreInput(input, this.#parts.platformDomain, faults);
    const record = await this.#parts.lifecycle.run(() => this.#provisioning.make({ draft, recipe, actor }, onStep));
    this.#announce('created', record);
    return record;
  }

  /**
   * Changes a store, unless `input.version` is not its version any more.
   * @throws {ValidationError} with every fault of the input
   */
  async update(
    code: string,
    input: Omit<UpdateStoreInput, 'logo'>,
    options: UpdateStoreOptions,
  ): Promise<ChangeResult> {
    const { platform, logos } = this.#parts;
    const store = await this.record(code);
    const changes = parseStoreChanges(input, options.faults);
    const logo = options.logo ? await this.#writeLogo(store, options.logo) : options.logo;
    let result: ChangeResult | null = null;
    try {
      result = await changeStore(platform, store.id, { ...changes, logo }, { ...input, actor: options.actor });
    } finally {
      if (logo && !result?.ok) await withdrawLogo(this.#parts, store, logo);
    }
    if (!result) return this.#refuseUnknown(code);
    if (!result.ok || result.store === result.before) return result;
    this.#announce('changed', result.store);
    const old = result.before.logo;
    if (logo !== undefined && old) await logos.remove(store.id, old);
    return result;
  }

  /**
   * Deletes a store: nobody can reach it any more, and for a while it can be brought back.
   * @throws {NotFoundError} when no store has this code
   */
  async delete(code: string, actor: string): Promise<StoreRecord> {
    const { id } = await this.record(code);
    const store = await this.#parts.lifecycle.run(() => markDeleted(this.#parts.platform, id, actor));
    if (!store) return this.#refuseUnknown(code);
    this.#announce('deleted', store);
    return store;
  }

  /**
   * Removes a store and its data for good, whether it was deleted before or not.
   * @throws {NotFoundError} when no store has this code
   */
  async remove(code: string, actor: string): Promise<StoreRecord> {
    const where = { code: normalizeStoreCode(code), state: 'ready' as const };
    const store = await this.#parts.platform.table(stores).findOne({ where, withDeleted: true });
    if (!store || !(await this.#discard(store, actor, 'any'))) return this.#refuseUnknown(code);
    return store;
  }

  /** Deleted stores that can be brought back, the latest first. */
  listDeleted(): Promise<StoreRecord[]> {
    return listDeleted(this.#parts.platform);
  }

  /**
   * Brings a deleted store back as it was.
   * @throws {NotFoundError} when no deleted store has this code
   */
  async restore(code: string, actor: string): Promise<StoreRecord> {
    const { lifecycle, platform } = this.#parts;
    const store = await lifecycle.run(() => restoreDeleted(platform, normalizeStoreCode(code), actor));
    this.#announce('restored', store);
    return store;
  }

  /** Removes deleted stores whose time is over; returns their codes. */
  async removeExpired(): Promise<string[]> {
    const removed: string[] = [];
    for (const store of await listExpired(this.#parts.platform))
      if (await this.#discard(store, 'system', 'expired')) removed.push(store.code);
    return removed;
  }

  /** Verified and active domains of a store, the primary one first. */
  async domains(storeId: number): Promise<readonly string[]> {
    return (await this.domainsOfStores([storeId])).get(storeId) ?? [];
  }

  /** Every domain of every store, also those that lead nowhere yet. */
  everyDomain(): Promise<StoreDomainRecord[]> {
    return this.#parts.platform.table(storeDomains).find({
      order: [
        ['isPrimary', 'desc'],
        ['id', 'asc'],
      ],
    });
  }

  /** The same of several stores, or of all, by store id; stores without domains are left out. */
  async domainsOfStores(storeIds?: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
    const rows = await this.#parts.platform.table(storeDomains).find({
      where: { ...(storeIds ? { storeId: storeIds } : {}), isActive: true, isVerified: true },
      order: [
        ['isPrimary', 'desc'],
        ['id', 'asc'],
      ],
    });
    const byStore = new Map<number, string[]>();
    for (const { storeId, domain } of rows) byStore.set(storeId, [...(byStore.get(storeId) ?? []), domain]);
    return byStore;
  }

  /** People who work for a store, those who have been there longest first. */
  members(storeId: number): Promise<StoreMember[]> {
    return listMembers(this.#parts.platform, storeId);
  }

  /** Stores that are being made, then those whose making ended lately. */
  provisioningJobs(): Promise<ProvisioningJob[]> {
    return this.#provisioning.list();
  }

  /** Waits until a store of this code that a crash left half-made is made, or gone. */
  settled(code: string): Promise<void> {
    return this.#provisioning.settled(code);
  }

  /** Cleans up after a crash; returns the codes of stores that were removed, and tells of those that cannot be. */
  async recover(onFailure: (code: string, error: unknown) => void): Promise<string[]> {
    const removed = await discardUnfinished(this.#parts, onFailure);
    await removeUnusedLogos(this.#parts.platform, this.#parts.logos);
    return removed;
  }

  /** Begins to finish the stores that a crash left half-made; resolves when they are known. */
  resume(onEnded: (ended: ResumedJob) => void): Promise<Resuming> {
    return this.#provisioning.resume((ended) => {
      if (ended.store) this.#announce('created', ended.store);
      onEnded(ended);
    });
  }

  /** Forgets how stores were made that were made long ago. */
  forgetOldJobs(): Promise<void> {
    return pruneJobs(this.#parts.platform);
  }

  /**
   * @throws {NotFoundError} when the store, and the folder with it, is removed meanwhile
   * @throws {InsufficientStorageError} when the store has no room for it
   */
  async #writeLogo(store: StoreRecord, logo: PreparedLogo): Promise<StoreLogo> {
    const { id, code } = store;
    await this.#parts.storage.ensureRoom(store, logo.picture.length + logo.favicon.length);
    try {
      const written = await this.#parts.logos.write(id, logo);
      this.#parts.storage.forget(id);
      return written;
    } catch (error) {
      await this.record(code);
      throw error;
    }
  }

  /** Returns false when the store is not there any more, or was brought back meanwhile. */
  #discard(store: StoreRecord, actor: string, which: 'any' | 'expired'): Promise<boolean> {
    return this.#parts.lifecycle.run(async () => {
      if (!(await markRemoved(this.#parts.platform, store.id, actor, which))) return false;
      this.#announce('deleted', store);
      await discardStore(this.#parts, store);
      // Whoever asked between the two announcements may have cached it again.
      this.#announce('deleted', store);
      return true;
    });
  }

  async #refuseUnknown(code: string): Promise<never> {
    const wanted = normalizeStoreCode(code);
    const deleted = (await this.listDeleted()).find((store) => store.code === wanted);
    if (!deleted) throw new NotFoundError(`No store has the code "${wanted}".`, 'store_not_found');
    throw new NotFoundError(`${deleted.name} (${wanted}) was deleted. Restore it first.`, 'store_deleted');
  }

  #announce(name: StoreEventName, store: Pick<StoreRecord, 'id' | 'code'>): void {
    this.#parts.directory.forget();
    this.#parts.events.emit({ name, storeId: store.id, code: store.code });
  }
}
