import type { UpdateStoreInput } from '../contract/stores.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type StoreLogo, type StoreRecord, stores } from '../database/platform-tables.ts';
import type { Fault } from '../errors.ts';
import { colorFaults, nameFaults, refuseFaults } from './store-input.ts';

/** What is to be changed; absent members stay as they are. A null logo takes the logo away. */
export interface StoreChanges {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly logo?: StoreLogo | null | undefined;
}

export type ChangeResult =
  | { readonly ok: true; readonly store: StoreRecord; readonly before: StoreRecord }
  /** Somebody else changed the store since the version that was named; `current` is as it is now. */
  | { readonly ok: false; readonly current: StoreRecord; readonly message: string };

/**
 * Checks what is to be changed.
 * @param further faults that were found elsewhere, such as in the logo
 * @throws {ValidationError} with every fault at once
 */
export function parseStoreChanges(
  input: Pick<UpdateStoreInput, 'name' | 'color' | 'isActive'>,
  further: readonly Fault[] = [],
): Omit<StoreChanges, 'logo'> {
  const name = input.name?.trim();
  const color = input.color?.toLowerCase();
  const faults = [
    ...(name === undefined ? [] : nameFaults(name)),
    ...(color === undefined ? [] : colorFaults(color)),
    ...further,
  ];
  refuseFaults('The store was not changed', faults);
  return { name, color, isActive: input.isActive };
}

/**
 * Changes a store's record, unless it is another version than the one that was named.
 * @returns null when there is no such store
 */
export function changeStore(
  platform: PlatformDatabase,
  id: number,
  changes: StoreChanges,
  options: { readonly version?: number | undefined; readonly actor: string },
): Promise<ChangeResult | null> {
  return platform.transaction(async (inside) => {
    const before = await inside.table(stores).findOne({ where: { id, state: 'ready' } });
    if (!before) return null;
    if (options.version !== undefined && options.version !== before.version)
      return { ok: false, current: before, message: conflictMessage(before, changes) };
    const different = differences(before, changes);
    if (Object.keys(different).length === 0) return { ok: true, store: before, before };
    const next = { ...different, version: before.version + 1, updatedAt: new Date() };
    await inside.table(stores).update({ id }, next);
    await inside.audit({
      actor: options.actor,
      storeId: id,
      action: 'store.update',
      resource: before.code,
      changes: { ...different },
    });
    return { ok: true, store: { ...before, ...next }, before };
  });
}

/** The members of a change that are not what the store has. */
function differences(store: StoreRecord, changes: StoreChanges): Partial<StoreRecord> {
  const { name, color, isActive, logo } = changes;
  return {
    ...(name === undefined || name === store.name ? {} : { name }),
    ...(color === undefined || color === store.color ? {} : { color }),
    ...(isActive === undefined || isActive === store.isActive ? {} : { isActive }),
    ...(logo === undefined || (logo === null && store.logo === null) ? {} : { logo }),
  };
}

/** Names what the store has now, beside what the change wanted. */
function conflictMessage(current: StoreRecord, changes: StoreChanges): string {
  const different = differences(current, changes);
  const parts = [
    different.name === undefined ? null : `its name is now "${current.name}", this change says "${different.name}"`,
    different.color === undefined ? null : `its colour is now ${current.color}, this change says ${different.color}`,
    different.isActive === undefined ? null : `it is now ${current.isActive ? 'open' : 'closed'}`,
    different.logo === undefined ? null : `it has ${current.logo ? 'another logo' : 'no logo'} now`,
  ].filter((part) => part !== null);
  const what = parts.length > 0 ? parts.join('; ') : 'it has the values of this change already';
  return `${current.name} was changed meanwhile, in another window or by somebody else: ${what}. Compare both, then save again.`;
}
