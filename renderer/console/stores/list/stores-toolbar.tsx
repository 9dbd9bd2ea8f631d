import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { count, formatNumber } from '../../../shared/format.ts';
import type { ListView, StateFilter } from './list-view.ts';
import classes from './stores-toolbar.module.css';

interface StoresToolbarProps {
  readonly view: ListView;
  readonly onText: (text: string) => void;
  readonly onState: (state: StateFilter) => void;
  /** How many stores each filter has, before the text is looked for; null while that is not known. */
  readonly counts: Readonly<Record<StateFilter, number>> | null;
  /** How many stores are shown; null while that is not known. */
  readonly found: number | null;
}

/** Above the list: text to look for, and which stores. */
export function StoresToolbar({ view, onText, onState, counts, found }: StoresToolbarProps) {
  const option = (value: StateFilter, label: string) => ({
    value,
    label: counts && value !== 'all' ? `${label} ${formatNumber(counts[value])}` : label,
  });
  return (
    <div className={classes.toolbar}>
      <TextFilter text={view.text} onChange={onText} />
      <SegmentedControl
        size="xs"
        aria-label="Which stores"
        value={view.state}
        onChange={(state) => onState(state as StateFilter)}
        data={[option('all', 'All'), option('open', 'Open'), option('closed', 'Closed'), option('deleted', 'Deleted')]}
      />
      <span className={classes.found} role="status">
        {found !== null && view.text.trim() !== '' ? `${count(found, 'store')} found` : ''}
      </span>
    </div>
  );
}

function TextFilter({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  return (
    <TextInput
      className={classes.text}
      data-filter-input
      aria-label="Name, code or domain"
      placeholder="Name, code or domain"
      maxLength={200}
      leftSection={<IconSearch size={16} />}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
