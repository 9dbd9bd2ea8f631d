/**
 * Changing a store while others may change it too. The form begins from a version of the store; a later version is
 * taken in field by field (a three-way merge): what was not touched here follows, what was touched stays, and a field
 * that was changed on both sides becomes a conflict that a person decides.
 */
import type { ListedStore, LogoUpload, UpdateStoreInput } from '../../../../server/contract/stores.ts';

export const SETTINGS_FIELDS = ['name', 'color', 'logo'] as const;
export type SettingsField = (typeof SETTINGS_FIELDS)[number];

/** The part of a store that the form is about. */
export type SettingsBase = Pick<ListedStore, 'name' | 'color' | 'logoUrl' | 'version'>;

export interface SettingsValues {
  readonly name: string;
  readonly color: string;
  /** `keep`: the one in use. */
  readonly logo: 'keep' | 'remove' | LogoUpload;
}

export interface SettingsForm {
  /** The store as the server last told of it: what a change is made from. */
  readonly base: SettingsBase;
  readonly values: SettingsValues;
  /** Fields that were changed here and elsewhere; what is there now stands in `base`. */
  readonly conflicts: readonly SettingsField[];
  /** Fields that followed somebody else's change while others were being edited here. */
  readonly followed: readonly SettingsField[];
}

/** A form that nothing was typed into. */
export function startSettings({ name, color, logoUrl, version }: SettingsBase): SettingsForm {
  return {
    base: { name, color, logoUrl, version },
    values: { name, color, logo: 'keep' },
    conflicts: [],
    followed: [],
  };
}

/** The form with something typed. */
export function changeSettings(form: SettingsForm, change: Partial<SettingsValues>): SettingsForm {
  return { ...form, values: { ...form.values, ...change } };
}

/** The fields that differ from the store. */
export function changedFields({ base, values }: Pick<SettingsForm, 'base' | 'values'>): SettingsField[] {
  return SETTINGS_FIELDS.filter((field) => (field === 'logo' ? values.logo !== 'keep' : values[field] !== base[field]));
}

/** Takes in a later version of the store; nothing that was typed is lost. An older version changes nothing. */
export function rebaseSettings(form: SettingsForm, theirs: SettingsBase): SettingsForm {
  if (theirs.version <= form.base.version) return form;
  const { name, color, logoUrl, version } = theirs;
  const base = { name, color, logoUrl, version };
  const mine = changedFields(form);
  const moved = SETTINGS_FIELDS.filter((field) => shown(base, field) !== shown(form.base, field));
  const values: SettingsValues = {
    name: mine.includes('name') ? form.values.name : name,
    color: mine.includes('color') ? form.values.color : color,
    logo: form.values.logo,
  };
  const still = changedFields({ base, values });
  const others = moved.filter((field) => !mine.includes(field) && (field !== 'logo' || hasOther(form.base, base)));
  const followed = mine.length > 0 ? others : [];
  return {
    base,
    values,
    conflicts: still.filter((field) => moved.includes(field) || form.conflicts.includes(field)),
    followed: SETTINGS_FIELDS.filter((field) => followed.includes(field) || form.followed.includes(field)),
  };
}

/** Decides a conflict: what was typed here stays, and is saved over theirs. */
export function keepMine(form: SettingsForm, field: SettingsField): SettingsForm {
  return { ...form, conflicts: form.conflicts.filter((one) => one !== field) };
}

/** Decides a conflict: what was typed here is given up. */
export function takeTheirs(form: SettingsForm, field: SettingsField): SettingsForm {
  const theirs = field === 'logo' ? { logo: 'keep' as const } : { [field]: form.base[field] };
  return keepMine(changeSettings(form, theirs), field);
}

/** What is sent: the fields that were changed, with the version they were changed from. */
export function patchOf({ base, values }: Pick<SettingsForm, 'base' | 'values'>): UpdateStoreInput {
  const changed = changedFields({ base, values });
  const { logo } = values;
  return {
    version: base.version,
    ...(changed.includes('name') ? { name: values.name } : {}),
    ...(changed.includes('color') ? { color: values.color } : {}),
    ...(logo === 'keep' ? {} : { logo: logo === 'remove' ? null : logo }),
  };
}

/** A logo's address changes with every version: only coming and going is certain. */
function hasOther(before: SettingsBase, now: SettingsBase): boolean {
  return (before.logoUrl === null) !== (now.logoUrl === null);
}

function shown(base: SettingsBase, field: SettingsField): string | null {
  return field === 'logo' ? base.logoUrl : base[field];
}
