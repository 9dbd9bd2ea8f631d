/**
 * The steps of making a store, each with its undo. Both can be repeated: a crash may come between what a step does and
 * the note that it is done. Source of the steps: DainoStore's `provisionStore`.
 */
import { v7 as uuidv7 } from 'uuid';
import type { StepState } from '../contract/provisioning.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { memberships, type StoreRecord, storeDomains, stores, users } from '../database/platform-tables.ts';
import type { StoreBackend, StoreRef } from '../database/store-database.ts';
import type { StoreLifecycle } from '../database/switchable/store-lifecycle.ts';
import { ConflictError, type Fault } from '../errors.ts';
import { createDomainToken } from './domains/domain-token.ts';
import type { ProvisioningInput, SeedStore } from './provisioning-input.ts';
import { schemaNameOf } from './store-code.ts';
import { takenDomainFaults, takenFaults } from './taken-names.ts';

export interface ProvisioningParts {
  readonly platform: PlatformDatabase;
  readonly backend: StoreBackend;
  /** Removes what the store has outside its database, such as its pictures. Repeatable. */
  readonly removeFiles: (store: StoreRef) => Promise<void>;
  readonly seed: SeedStore;
  /** While the platform moves to another backend, jobs that were cut short wait. */
  readonly lifecycle?: Pick<StoreLifecycle, 'whenAllowed'>;
}

/** The making of one store, as its steps see it. */
export interface StepContext {
  readonly parts: ProvisioningParts;
  readonly input: ProvisioningInput;
  /** The step may have been run before, by a server that crashed. */
  readonly isRepeat: boolean;
  /** Writes down that this step is done; with `end`, that all are. Part of the transaction it is given. */
  note(inside: PlatformDatabase, store: StoreRecord, end?: 'end'): Promise<void>;
}

/** One step. */
export interface StepWork {
  readonly step: StepState['step'];
  /** Returns the store's record as it is then. The first step makes it; the others are given it. */
  run(context: StepContext, store: StoreRecord | null): Promise<StoreRecord>;
  /** Takes back what `run` did, whole or in part. */
  undo(parts: ProvisioningParts, store: StoreRef): Promise<void>;
}

/** A step that finds the store's record there. */
function later(
  step: StepState['step'],
  run: (context: StepContext, store: StoreRecord) => Promise<StoreRecord>,
  undo: StepWork['undo'],
): StepWork {
  return {
    step,
    undo,
    run(context, store) {
      if (!store) throw new Error(`step ${step} has no store`);
      return run(context, store);
    },
  };
}

const nothing = async (): Promise<void> => undefined;

/** The steps in their order. What is undone, is undone in the opposite one. */
export const STEPS: readonly StepWork[] = [
  {
    step: 'validate',
    run: reserve,
    async undo({ platform }, store) {
      await platform.table(stores).delete({ id: store.id });
    },
  },
  later('database', makePlace, ({ backend }, store) => backend.drop(store)),
  // What migrations made goes with the place.
  later('migrations', migrate, nothing),
  later('owner', addOwner, ({ platform }, store) => removeMembers(platform, store.id)),
  later('domain', addDomains, async ({ platform }, store) => {
    await platform.table(storeDomains).delete({ storeId: store.id });
  }),
  // Rows go with the place.
  later('settings', fill, ({ removeFiles }, store) => removeFiles(store)),
  later('ready', open, async ({ platform }, store) => {
    await platform.table(stores).update({ id: store.id }, { state: 'provisioning' });
  }),
];

/** Takes the names for the new store, so that two makers cannot both have them. */
function reserve({ parts, input: { draft }, note }: StepContext, store: StoreRecord | null): Promise<StoreRecord> {
  if (store) return Promise.resolve(store);
  return parts.platform.transaction(async (inside) => {
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
    await note(inside, record);
    return record;
  });
}

/** Not noted: the next note says that it is done, and until then it costs little to look again. */
async function makePlace({ parts }: StepContext, store: StoreRecord): Promise<StoreRecord> {
  await parts.backend.create(store);
  return store;
}

/** Opening the store's data brings it up to date, whatever its template was. Not noted: mostly there is nothing to do. */
async function migrate({ parts }: StepContext, store: StoreRecord): Promise<StoreRecord> {
  await parts.backend.use(store, nothing);
  return store;
}

async function addOwner({ parts, input, note }: StepContext, store: StoreRecord): Promise<StoreRecord> {
  const { owner } = input.draft;
  if (!owner) return store;
  return parts.platform.transaction(async (inside) => {
    const known = await inside.table(users).findOne({ where: { email: owner.email } });
    const userId = known?.id ?? uuidv7();
    const member = { userId, storeId: store.id };
    if (!known)
      await inside.table(users).insert({ id: userId, email: owner.email, name: owner.name, createdAt: new Date() });
    if (!(await inside.table(memberships).findOne({ where: member })))
      await inside.table(memberships).insert({ ...member, role: 'store_owner', createdAt: new Date() });
    await note(inside, store);
    return store;
  });
}

/** Domains given at creation are trusted: this is the platform's own administrator, on a development machine. */
async function addDomains({ parts, input, note }: StepContext, store: StoreRecord): Promise<StoreRecord> {
  const { domains } = input.draft;
  if (domains.length === 0) return store;
  return parts.platform.transaction(async (inside) => {
    const now = new Date();
    await inside.table(storeDomains).delete({ storeId: store.id });
    // Another store that is being made may have come first.
    refuseTaken(await takenDomainFaults(inside, domains));
    await inside.table(storeDomains).insert(
      ...domains.map((domain, index) => ({
        storeId: store.id,
        domain,
        isPrimary: index === 0,
        isActive: true,
        isVerified: true,
        verificationToken: createDomainToken(),
        verifiedBy: 'administrator' as const,
        verifiedAt: now,
        createdAt: now,
      })),
    );
    await note(inside, store);
    return store;
  });
}

/** Gives the store what it starts with, its logo included. */
async function fill({ parts, input, isRepeat, note }: StepContext, store: StoreRecord): Promise<StoreRecord> {
  const { backend, platform, removeFiles, seed } = parts;
  if (isRepeat) {
    // Whatever was written before the crash: the store begins empty, as a new one.
    await backend.drop(store);
    await removeFiles(store);
    await backend.create(store);
  }
  const logo = await backend.use(store, (database) =>
    database.transaction((inside) => seed(input.recipe, store, inside)),
  );
  const filled = { ...store, logo };
  await platform.transaction(async (inside) => {
    if (logo) await inside.table(stores).update({ id: store.id }, { logo });
    await note(inside, filled);
  });
  return filled;
}

/** From here on the store can be reached. */
function open({ parts, input, note }: StepContext, store: StoreRecord): Promise<StoreRecord> {
  return parts.platform.transaction(async (inside) => {
    const opened: StoreRecord = { ...store, state: 'ready' };
    if (store.state !== 'ready') {
      await inside.table(stores).update({ id: store.id }, { state: 'ready' });
      const entry = { actor: input.actor, storeId: store.id, action: 'store.create', resource: store.code };
      await inside.audit({ ...entry, changes: { name: store.name } });
    }
    await note(inside, opened, 'end');
    return opened;
  });
}

/** Takes people off a store; who works for no other one is forgotten. Repeatable. */
export async function removeMembers(platform: PlatformDatabase, storeId: number): Promise<void> {
  await platform.transaction(async (inside) => {
    const people = (await inside.table(memberships).find({ where: { storeId } })).map((row) => row.userId);
    if (people.length === 0) return;
    await inside.table(memberships).delete({ storeId });
    const remaining = await inside.table(memberships).find({ where: { userId: people } });
    const gone = people.filter((id) => !remaining.some((row) => row.userId === id));
    if (gone.length > 0) await inside.table(users).delete({ id: gone });
  });
}

/** @throws {ConflictError} with every name that another store has */
function refuseTaken(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const message = faults.map((fault) => fault.message).join(' ');
  throw new ConflictError('name_taken', `The store cannot be made: ${message}`, faults);
}
