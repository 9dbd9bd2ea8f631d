import { type ComboboxItem, Select } from '@mantine/core';
import { memo } from 'react';
import { currencyOptions } from './currencies.ts';

interface CurrencySelectProps {
  readonly id: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly note?: string | undefined;
  readonly onChange: (currency: string) => void;
}

/** One currency of all, by code or name. It is drawn again only when it changes: its list is long. */
export const CurrencySelect = memo(function CurrencySelect({ id, value, error, note, onChange }: CurrencySelectProps) {
  return (
    <Select
      id={id}
      label="Currency"
      searchable
      allowDeselect={false}
      limit={60}
      data={currencyOptions()}
      value={value}
      error={error}
      description={note}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(chosen) => chosen && onChange(chosen)}
      filter={({ options, search, limit }) => {
        const wanted = search.trim().toLowerCase();
        return (options as ComboboxItem[]).filter(({ label }) => label.toLowerCase().includes(wanted)).slice(0, limit);
      }}
      nothingFoundMessage="No currency has this name or code"
    />
  );
});
