import { TextInput } from '@mantine/core';
import { useCallback } from 'react';
import classes from './create-form.module.css';
import { CurrencySelect } from './currency-select.tsx';
import { fieldId } from './field-id.ts';
import type { NewStore } from './use-new-store.ts';

/** Who the store belongs to, and what it sells in. */
export function OwnerSection({ store }: { readonly store: NewStore }) {
  const { form, currency, catalogue, faults } = store;
  const { draft, change } = form;
  const setCurrency = useCallback((chosen: string) => change({ currency: chosen }), [change]);
  return (
    <>
      <fieldset className={classes.section}>
        <legend className={classes.legend}>Sales</legend>
        <CurrencySelect
          id={fieldId('currency')}
          value={currency}
          error={faults.currency}
          note={
            draft.currency === null && catalogue?.currency
              ? `As in ${catalogue.title}`
              : catalogue?.currency && catalogue.currency !== currency
                ? `The amounts of ${catalogue.title} are taken over as they are; they are not converted from ${catalogue.currency}.`
                : undefined
          }
          onChange={setCurrency}
        />
      </fieldset>
      <fieldset className={classes.section}>
        <legend className={classes.legend}>
          Owner<span>optional: without one, nobody can sign in to the dashboard</span>
        </legend>
        <div className={classes.pair}>
          <TextInput
            id={fieldId('ownerEmail')}
            label="E-mail"
            type="email"
            placeholder="ada@example.org"
            value={draft.ownerEmail}
            error={faults.ownerEmail}
            onChange={({ currentTarget }) => form.change({ ownerEmail: currentTarget.value })}
            onBlur={() => store.touch('ownerEmail')}
          />
          <TextInput
            id={fieldId('ownerName')}
            label="Full name"
            placeholder="Ada Winter"
            value={draft.ownerName}
            error={faults.ownerName}
            onChange={({ currentTarget }) => form.change({ ownerName: currentTarget.value })}
          />
        </div>
      </fieldset>
    </>
  );
}
