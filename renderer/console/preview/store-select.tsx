import { type ComboboxItem, type OptionsFilter, Select } from '@mantine/core';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { StoreBadge } from '../../shared/store-badge.tsx';
import classes from './pane-toolbar.module.css';

interface StoreSelectProps {
  readonly stores: readonly ListedStore[];
  /** The chosen store's code; it may be of a store that is gone. */
  readonly code: string;
  readonly label: string;
  readonly onChange: (code: string) => void;
}

/** More than one list shows at a glance; typing narrows it. */
const MAX_OPTIONS = 50;

/** Chooses a store by its name or code; options and choice have the store's badge. */
export function StoreSelect({ stores, code, label, onChange }: StoreSelectProps) {
  const chosen = stores.find((store) => store.code === code);
  return (
    <Select
      className={classes.store}
      size="xs"
      rightSectionWidth={24}
      aria-label={label}
      placeholder="Choose a store"
      nothingFoundMessage="No store has this name"
      searchable
      allowDeselect={false}
      limit={MAX_OPTIONS}
      data={stores.map(({ code: value, name }) => ({ value, label: name }))}
      value={chosen ? code : null}
      filter={byNameOrCode}
      leftSection={chosen ? <StoreBadge name={chosen.name} color={chosen.color} size="sm" hidesName /> : null}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      renderOption={({ option }) => <StoreOption store={stores.find((store) => store.code === option.value)} />}
      onChange={(value) => (value === null ? undefined : onChange(value))}
    />
  );
}

function StoreOption({ store }: { readonly store: ListedStore | undefined }) {
  if (!store) return null;
  return (
    <span className={classes.option}>
      <StoreBadge name={store.name} color={store.color} size="sm" />
      <code className={classes.optionNote}>{store.isActive ? store.code : `${store.code}, closed`}</code>
    </span>
  );
}

const byNameOrCode: OptionsFilter = ({ options, search, limit }) => {
  const wanted = search.trim().toLowerCase();
  return (options as ComboboxItem[])
    .filter(({ label, value }) => label.toLowerCase().includes(wanted) || value.includes(wanted))
    .slice(0, limit);
};
