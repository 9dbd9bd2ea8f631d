import { Button, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { type FormEvent, useRef } from 'react';
import type { ListedStore } from '../../../../server/contract/stores.ts';
import { Notice } from '../../../shared/notice.tsx';
import { ProblemError } from '../../api/problem.ts';
import { ColorField } from '../color-field.tsx';
import { sortFaults } from '../faults.ts';
import { LogoField } from '../logo/logo-field.tsx';
import { Conflicts } from './conflicts.tsx';
import { SETTINGS_FIELDS } from './settings-form.ts';
import classes from './settings-tab.module.css';
import { useSettings } from './use-settings.ts';

const LABELS = { name: 'name', color: 'colour', logo: 'logo' } as const;

/** A store's name, colour and logo. Others may change them meanwhile: nothing is overwritten without being asked. */
export function SettingsTab({ store }: { readonly store: ListedStore }) {
  const settings = useSettings(store);
  const { form, logo, changed, error, isSaving } = settings;
  const conflicts = useRef<HTMLDivElement>(null);
  const problem = error instanceof ProblemError ? error : null;
  const { byField, others } = sortFaults(problem?.faults ?? [], SETTINGS_FIELDS);
  const isUndecided = form.conflicts.length > 0;
  const isRemoved = form.values.logo === 'remove';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isUndecided) return conflicts.current?.querySelector('button')?.focus();
    if (logo.state.kind === 'refused') return document.getElementById('store-logo')?.focus();
    if (changed.length > 0) void settings.save();
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate autoComplete="off">
      {form.followed.length > 0 && !isUndecided ? (
        <Notice tone="info" icon={<IconInfoCircle size={18} />} title="Somebody else changed this store">
          The {form.followed.map((field) => LABELS[field]).join(' and ')} below{' '}
          {form.followed.length > 1 ? 'are' : 'is'} as it is now. What you changed is kept.
        </Notice>
      ) : null}
      {isUndecided ? (
        <div ref={conflicts}>
          <Conflicts settings={settings} />
        </div>
      ) : null}
      <TextInput
        id="store-name"
        label="Name"
        value={form.values.name}
        error={byField.name}
        maxLength={200}
        onChange={({ currentTarget }) => settings.change({ name: currentTarget.value })}
      />
      <ColorField
        id="store-color"
        value={form.values.color}
        error={byField.color}
        onChange={(color) => settings.change({ color })}
      />
      <div>
        <LogoField
          id="store-logo"
          logo={logo}
          error={byField.logo}
          current={isRemoved ? undefined : (form.base.logoUrl ?? undefined)}
          onRemoveCurrent={() => settings.removeLogo(true)}
        />
        {isRemoved && logo.state.kind === 'none' ? (
          <p className={classes.note}>
            The logo is taken away when you save.{' '}
            <Button size="compact-xs" variant="default" onClick={() => settings.removeLogo(false)}>
              Keep it
            </Button>
          </p>
        ) : null}
      </div>
      <p className={classes.note}>
        The code <code className="mono">{store.code}</code> stays as it is: addresses, files and the schema are named
        after it. A theme that has a colour of its own keeps it.
      </p>
      {error && (others.length > 0 || (problem?.faults.length ?? 0) === 0) ? (
        <Notice
          tone={problem?.isUnreachable ? 'warn' : 'bad'}
          icon={<IconAlertTriangle size={18} />}
          title="Not saved"
          role="alert"
        >
          {others.length > 0 ? others.join(' ') : error.message}
        </Notice>
      ) : null}
      <div className={classes.buttons}>
        <Button type="submit" loading={isSaving} disabled={changed.length === 0}>
          {problem?.isUnreachable ? 'Try again' : 'Save'}
        </Button>
        <Button
          variant="default"
          disabled={(changed.length === 0 && logo.state.kind === 'none') || isSaving}
          onClick={settings.reset}
        >
          Discard changes
        </Button>
      </div>
    </form>
  );
}
