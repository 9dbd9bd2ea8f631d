import { ColorField } from '../color-field.tsx';
import { LogoField } from '../logo/logo-field.tsx';
import classes from './create-form.module.css';
import { fieldId } from './field-id.ts';
import type { NewStore } from './use-new-store.ts';

/** The store's colour and logo. */
export function LookSection({ store }: { readonly store: NewStore }) {
  const { form, color, faults } = store;
  return (
    <fieldset className={classes.section}>
      <legend className={classes.legend}>Look</legend>
      <ColorField
        id={fieldId('color')}
        value={color}
        error={faults.color}
        onChange={(chosen) => {
          form.change({ color: chosen });
          store.touch('color');
        }}
      />
      <LogoField logo={form.logo} error={faults.logo} id={fieldId('logo')} />
    </fieldset>
  );
}
