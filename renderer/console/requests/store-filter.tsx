import { type ComboboxItem, Select } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { memo } from 'react';
import { StoreBadge } from '../../shared/store-badge.tsx';
import { useRead } from '../api/queries.ts';
import classes from './filter-panel.module.css';
import type { ChangeFilter } from './filter-panel.tsx';

/** In the contract's filter: requests that reached no store. */
const NO_STORE = '-';
/** More are found by typing. */
const MOST_SHOWN = 100;

interface StoreFilterProps {
  /** A store's code, or `-` for none. */
  readonly value: string | undefined;
  readonly onChange: ChangeFilter;
  /** Inside a popover the options must not lie outside of it: choosing one would close it. */
  readonly isInPopover: boolean;
  /** False where the field's own text says enough. */
  readonly hasLabel?: boolean;
}

/** One store of all, by name or code, or the requests that reached none. There may be a thousand: drawn when it must be. */
export const StoreFilter = memo(function StoreFilter(props: StoreFilterProps) {
  const { value, onChange, isInPopover, hasLabel = true } = props;
  const { data } = useRead('listStores', {});
  const stores = new Map((data?.stores ?? []).map((store) => [store.code, store]));
  const options: ComboboxItem[] = [
    { value: NO_STORE, label: 'No store' },
    ...[...stores.values()].map(({ code, name }) => ({ value: code, label: name })),
  ];
  // A store that is gone still has requests.
  if (value && !options.some((option) => option.value === value)) options.push({ value, label: value });
  const badgeOf = (code: string, hidesName = false) => {
    const store = stores.get(code);
    return store ? <StoreBadge name={store.name} color={store.color} size="sm" hidesName={hidesName} /> : null;
  };
  return (
    <Select
      {...(hasLabel ? { label: 'Store' } : { 'aria-label': 'Store' })}
      classNames={{ label: classes.label ?? '' }}
      size="sm"
      placeholder="Every store"
      searchable
      clearable
      limit={MOST_SHOWN}
      data={options}
      value={value ?? null}
      onChange={(code) => onChange('store', code ?? undefined)}
      filter={({ options: all, search, limit }) => {
        const wanted = search.trim().toLowerCase();
        const isWanted = (option: ComboboxItem) => `${option.label} ${option.value}`.toLowerCase().includes(wanted);
        return (all as ComboboxItem[]).filter(isWanted).slice(0, limit);
      }}
      leftSection={(value && badgeOf(value, true)) ?? <IconBuildingStore size={16} />}
      renderOption={({ option }) => badgeOf(option.value) ?? option.label}
      nothingFoundMessage="No store has this name"
      comboboxProps={{ withinPortal: !isInPopover }}
      clearButtonProps={{ 'aria-label': 'Every store' }}
    />
  );
});
