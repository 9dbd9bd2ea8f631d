import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type ListedStore, listedStore } from '../../../../server/contract/stores.ts';
import { notifyDone } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { ProblemError } from '../../api/problem.ts';
import { uploadOf } from '../logo/logo-state.ts';
import { type Logo, useLogo } from '../logo/use-logo.ts';
import {
  changedFields,
  changeSettings,
  keepMine,
  patchOf,
  rebaseSettings,
  type SettingsField,
  type SettingsForm,
  startSettings,
  takeTheirs,
} from './settings-form.ts';
import { loadSettings, saveSettings } from './settings-storage.ts';

export interface Settings {
  readonly form: SettingsForm;
  readonly logo: Logo;
  readonly changed: readonly SettingsField[];
  readonly isSaving: boolean;
  /** Of the last attempt to save. */
  readonly error: Error | null;
  change(part: { readonly name?: string; readonly color?: string }): void;
  removeLogo(isRemoved: boolean): void;
  keepMine(field: SettingsField): void;
  takeTheirs(field: SettingsField): void;
  /** Gives up what was typed. */
  reset(): void;
  save(): Promise<void>;
}

/** A store's settings while they are edited: what others change comes in, what was typed stays. */
export function useSettings(store: ListedStore): Settings {
  const [kept] = useState(() => loadSettings(sessionStorage, store.id));
  const [typed, setTyped] = useState(() => kept ?? startSettings(store));
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const client = useQueryClient();
  const keptLogo = kept && typeof kept.values.logo === 'object' ? kept.values.logo : null;
  const logo = useLogo(keptLogo);
  const upload = uploadOf(logo.state);
  const form = withLogo(typed, upload);
  const changed = changedFields(form);
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
    saveSettings(sessionStorage, store.id, form);
  });
  // What comes in while this form is being saved is its own change as a rule: it is looked at afterwards.
  useEffect(() => {
    if (!isSaving) setTyped((now) => rebaseSettings(withLogo(now, upload), store));
  }, [store, isSaving, upload]);

  const begin = (next: SettingsForm) => {
    setTyped(next);
    logo.remove();
  };
  const send = async (sent: SettingsForm, mayRepeat: boolean): Promise<void> => {
    try {
      const saved = await call('updateStore', { params: { code: store.code }, body: patchOf(sent) });
      begin(startSettings(saved));
      notifyDone(`${saved.name} is saved.`);
    } catch (failure) {
      const current = currentOf(failure);
      if (!current) return setError(failure as Error);
      const merged = rebaseSettings(sent, current);
      setTyped(merged);
      // Somebody changed other fields: what was typed here fits beside that.
      if (merged.conflicts.length === 0 && mayRepeat) return send(merged, false);
    }
  };
  return {
    form,
    logo,
    changed,
    isSaving,
    error,
    change: (part) => setTyped((now) => changeSettings(now, part)),
    removeLogo: (isRemoved) => setTyped((now) => changeSettings(now, { logo: isRemoved ? 'remove' : 'keep' })),
    keepMine: (field) => setTyped((now) => keepMine(now, field)),
    takeTheirs: (field) => {
      if (field === 'logo') logo.remove();
      setTyped((now) => takeTheirs(now, field));
    },
    reset: () => {
      setError(null);
      begin(startSettings(latest.current.base));
    },
    save: async () => {
      setSaving(true);
      setError(null);
      await send(form, true);
      setSaving(false);
      for (const key of ['getStore', 'listStores']) void client.invalidateQueries({ queryKey: [key] });
    },
  };
}

/** A chosen file stands before what was decided about the one in use. */
function withLogo(form: SettingsForm, upload: ReturnType<typeof uploadOf>): SettingsForm {
  const kept = form.values.logo === 'remove' ? 'remove' : 'keep';
  const logo = upload ?? kept;
  return logo === form.values.logo ? form : changeSettings(form, { logo });
}

/** The store as it is now, out of the refusal of a change made from an older version. */
function currentOf(failure: unknown): ListedStore | null {
  if (!(failure instanceof ProblemError) || failure.code !== 'version_conflict') return null;
  const current = listedStore.safeParse(failure.problem['current']);
  return current.success ? current.data : null;
}
