/**
 * Making a store is a list of named steps. Until the last one, the store's record says `provisioning` and
 * nobody can reach it; a failure or a crash on the way leaves nothing behind.
 * Source of the steps: DainoStore's `provisionStore`.
 */
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { StepReport } from '../contract/stores.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import {
  memberships,
  type StoreLogo,
  type StoreRecord,
  storeDomains,
  stores,
  users,
} from '../database/platform-tables.ts';
import type { StoreBackend, StoreDatabase, StoreRef } from '../database/store-database.ts';
import { ConflictError, type Fault } from '../errors.ts';
import { schemaNameOf } from './store-code.ts';
import type { StoreDraft } from './store-input.ts';
import { takenDomainFaults, takenFaults } from './taken-names.ts';

type ProvisioningStep = StepReport['step'];

/** Fills a new store with what it starts with; returns its logo, when it has one. */
export type SeedStore = (store: StoreRecord, database: StoreDatabase) => Promise<StoreLogo | null>;

export interface ProvisioningParts {
  readonly platform: PlatformDatabase;
  readonly backend: StoreBackend;
  /** Removes what the store has outside its database, such as its pictures. */
  readonly removeFiles: (store: StoreRef) => Promise<void>;
}

/**
 * Makes a store: all of it, or nothing.
 * @param actor who asked, for the audit log
 * @throws {ConflictError} when code, schema or a domain is taken
 */
export async function provisionStore(
  parts: ProvisioningParts,
  draft: StoreDraft,
  options: { readonly seed: SeedStore; readonly actor: string; readonly onStep?: (report: StepReport) => void },
): Promise<StoreRecord> {
  const { platform, backend } = parts;
  const step = stepRunner(options.onStep);
  const store = await step('validate', () => reserve(platform, draft));
  try {
    await step('database', () => backend.create(store));
    // Opening the store's data brings it up to date, whatever its template was.
    await step('migrations', () => backend.use(store, async () => undefined));
    await step('owner', () => addOwner(platform, store, draft));
    await step('domain', () => addDomains(platform, store, draft));
    const logo = await step('settings', () =>
      backend.use(store, (database) => database.transaction((inside) => options.seed(store, inside))),
    );
    return await step('ready', () => finish(platform, { ...store, logo }, options.actor));
  } catch (error) {
    await discardStore(parts, store);
    throw error;
  }
}

/** Removes every trace of a store. Repeatable: a crash half-way is made good by calling it again. */
export async function discardStore(parts: ProvisioningParts, store: StoreRef): Promise<void> {
  await parts.platform.table(stores).update({ id: store.id }, { state: 'deleting' }, { withDeleted: true });
  await parts.backend.drop(store);
  await parts.removeFiles(store);
  await parts.platform.transaction(async (inside) => {
    const people = (await inside.table(memberships).find({ where: { storeId: store.id } })).map((row) => row.userId);
    await inside.table(stores).delete({ id: store.id });
    const remaining = await inside.table(memberships).find({ where: { userId: people } });
    const gone = people.filter((id) => !remaining.some((row) => row.userId === id));
    if (gone.length > 0) await inside.table(users).delete({ id: gone });
  });
}

/**
 * Removes stores whose making or removal was cut short; returns their codes. Called before anything is served.
 * @param onFailure told of a store that cannot be removed: nobody can reach it, so the others need not wait for it
 */
export async function discardUnfinishedStores(
  parts: ProvisioningParts,
  onFailure: (code: string, error: unknown) => void,
): Promise<string[]> {
  const unfinished = await parts.platform
    .table(stores)
    .find({ where: { state: ['provisioning', 'deleting'] }, withDeleted: true });
  const removed: string[] = [];
  for (const store of unfinished) {
    try {
      await discardStore(parts, store);
      removed.push(store.code);
    } catch (error) {
      onFailure(store.code, error);
    }
  }
  return removed;
}

function stepRunner(onStep: ((report: StepReport) => void) | undefined) {
  return async <Result>(step: ProvisioningStep, work: () => Promise<Result>): Promise<Result> => {
    const startedAt = performance.now();
    onStep?.({ step, state: 'running', durationMs: 0 });
    try {
      const result = await work();
      onStep?.({ step, state: 'done', durationMs: performance.now() - startedAt });
      return result;
    } catch (error) {
      onStep?.({ step, state: 'failed', durationMs: performance.now() - startedAt });
      throw error;
    }
  };
}

/** Takes the names for the new store, so that two makers cannot both have them. */
async function reserve(platform: PlatformDatabase, draft: StoreDraft): Promise<StoreRecord> {
  return platform.transaction(async (inside) => {
    refuseTaken(await takenFaults(inside, draft));
    const now = new Date();
    await inside.table(stores).insert({
      code: draft.code,
      subdomain: draft.code,
      schemaName: schemaNameOf(draft.code),
      name: draft.name,
      isActive: true,
      state: 'provisioning',
      currency: draft.currency,
      locale: 'en',
      color: draft.color,
      version: 1,
      createdAt: now,
      updatedAt: now,
      metadata: {},
    });
    const record = await inside.table(stores).findOne({ where: { code: draft.code } });
    if (!record) throw new Error(`store ${draft.code} was inserted but is not there`);
    return record;
  });
}

/** @throws {ConflictError} with every name that another store has */
function refuseTaken(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const message = faults.map((fault) => fault.message).join(' ');
  throw new ConflictError('name_taken', `The store cannot be made: ${message}`, faults);
}

async function addOwner(platform: PlatformDatabase, store: StoreRef, draft: StoreDraft): Promise<void> {
  const owner = draft.owner;
  if (!owner) return;
  await platform.transaction(async (inside) => {
    const known = await inside.table(users).findOne({ where: { email: owner.email } });
    const userId = known?.id ?? uuidv7();
    if (!known)
      await inside.table(users).insert({ id: userId, email: owner.email, name: owner.name, createdAt: new Date() });
    await inside.table(memberships).insert({ userId, storeId: store.id, role: 'store_owner', createdAt: new Date() });
  });
}

/** Domains given at creation are trusted: this is the platform's own administrator, on a development machine. */
async function addDomains(platform: PlatformDatabase, store: StoreRef, draft: StoreDraft): Promise<void> {
  const rows = draft.domains.map((domain, index) => ({
    storeId: store.id,
    domain,
    isPrimary: index === 0,
    isActive: true,
    isVerified: true,
    verificationToken: randomBytes(12).toString('hex'),
    createdAt: new Date(),
  }));
  await platform.transaction(async (inside) => {
    // Another store that is being made may have come first.
    refuseTaken(await takenDomainFaults(inside, draft.domains));
    await inside.table(storeDomains).insert(...rows);
  });
}

async function finish(platform: PlatformDatabase, store: StoreRecord, actor: string): Promise<StoreRecord> {
  return platform.transaction(async (inside) => {
    await inside.table(stores).update({ id: store.id }, { state: 'ready', logo: store.logo });
    await inside.audit({
      actor,
      storeId: store.id,
      action: 'store.create',
      resource: store.code,
      changes: { name: store.name },
    });
    return { ...store, state: 'ready' };
  });
}
