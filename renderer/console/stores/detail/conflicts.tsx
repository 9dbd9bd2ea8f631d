import { Button } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Notice } from '../../../shared/notice.tsx';
import { LogoPicture } from '../logo/logo-picture.tsx';
import classes from './conflicts.module.css';
import type { SettingsField } from './settings-form.ts';
import type { Settings } from './use-settings.ts';

const TITLES = { name: 'Name', color: 'Colour', logo: 'Logo' } as const;

/** Fields that were changed here and by somebody else: both values side by side, and which one stays. */
export function Conflicts({ settings }: { readonly settings: Settings }) {
  return (
    <Notice
      tone="warn"
      icon={<IconGitMerge size={18} />}
      title="Somebody else changed this store meanwhile"
      role="alert"
    >
      Choose which value stays; nothing is saved before.
      <ul className={classes.list}>
        {settings.form.conflicts.map((field) => (
          <li key={field} className={classes.conflict} aria-label={`${TITLES[field]}, yours and theirs`}>
            <span className={classes.title}>{TITLES[field]}</span>
            <Side label="Yours" button="Keep mine" onChoose={() => settings.keepMine(field)}>
              <Mine field={field} settings={settings} />
            </Side>
            <Side label="Theirs now" button="Take theirs" onChoose={() => settings.takeTheirs(field)}>
              <Theirs field={field} settings={settings} />
            </Side>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

interface SideProps {
  readonly label: string;
  readonly button: string;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Side({ label, button, onChoose, children }: SideProps) {
  return (
    <div className={classes.side}>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{children}</span>
      <Button size="compact-sm" variant="default" onClick={onChoose}>
        {button}
      </Button>
    </div>
  );
}

interface ValueProps {
  readonly field: SettingsField;
  readonly settings: Settings;
}

function Mine({ field, settings: { form, logo } }: ValueProps) {
  if (field === 'name') return form.values.name;
  if (field === 'color') return <Colour value={form.values.color} />;
  if (form.values.logo === 'remove') return 'no logo';
  return logo.state.kind === 'accepted' ? (
    <LogoPicture src={logo.state.checked.preview} alt="Your logo" size="sm" />
  ) : logo.state.kind === 'none' ? null : (
    logo.state.fileName
  );
}

function Theirs({ field, settings: { form } }: ValueProps) {
  if (field === 'name') return form.base.name;
  if (field === 'color') return <Colour value={form.base.color} />;
  return form.base.logoUrl ? <LogoPicture src={form.base.logoUrl} alt="Their logo" size="sm" /> : 'no logo';
}

function Colour({ value }: { readonly value: string }) {
  return (
    <>
      <i className={classes.swatch} style={{ background: value }} aria-hidden="true" />
      <code className="mono">{value}</code>
    </>
  );
}
