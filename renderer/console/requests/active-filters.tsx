import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { memo } from 'react';
import type { RequestFilter } from '../../../server/contract/requests.ts';
import { useRead } from '../api/queries.ts';
import classes from './active-filters.module.css';
import { filterChips } from './filter-chips.ts';
import type { ChangeFilter } from './filter-panel.tsx';

interface ActiveFiltersProps {
  readonly filter: RequestFilter;
  /** The address that the filter was read from. */
  readonly params: URLSearchParams;
  readonly onChange: ChangeFilter;
  readonly onClear: () => void;
}

/** The filters in force above the list, each with a way out. */
export const ActiveFilters = memo(function ActiveFilters({ filter, params, onChange, onClear }: ActiveFiltersProps) {
  const { data } = useRead('listStores', {}, { isEnabled: filter.store !== undefined && filter.store !== '-' });
  const nameOf = (code: string) => data?.stores.find((store) => store.code === code)?.name ?? code;
  const chips = filterChips(filter, params, nameOf);
  if (chips.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label="Filters in force">
      {chips.map(({ names, label, removed }) => (
        <li key={names[0]} className={classes.chip}>
          <span className={classes.words}>{label}</span>
          <UnstyledButton
            className={classes.remove}
            aria-label={`Remove the filter ${label}`}
            onClick={() => {
              for (const name of names) onChange(name, removed);
            }}
          >
            <IconX size={12} />
          </UnstyledButton>
        </li>
      ))}
      <li>
        <UnstyledButton className={classes.clear} onClick={onClear}>
          Clear filters
        </UnstyledButton>
      </li>
    </ul>
  );
});
