import { SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { count, formatNumber } from '../../../shared/format.ts';
import type { ListView, StateFilter } from './list-view.ts';
import classes from './stores-toolbar.module.css';

interface StoresToolbarProps {
  readonly view: ListView;
  readonly onChange: (change: Partial<ListView>) => void;
  /** How many stores each filter has, before the text is looked for; null while that is not known. */
  readonly counts: Readonly<Record<StateFilter, number>> | null;
  /** How many stores are shown; null while that is not known. */
  readonly found: number | null;
}

/** Above the list: text to look for, and which stores. */
export function StoresToolbar({ view, onChange, counts, found }: StoresToolbarProps) {
  const option = (value: StateFilter, label: string) => ({
    value,
    label: counts && value !== 'all' ? `${label} ${formatNumber(counts[value])}` : label,
  });
  return (
    <div className={classes.toolbar}>
      <TextFilter text={view.text} onChange={(text) => onChange({ text })} />
      <SegmentedControl
        size="xs"
        aria-label="Which stores"
        value={view.state}
        onChange={(state) => onChange({ state: state as StateFilter })}
        data={[option('all', 'All'), option('open', 'Open'), option('closed', 'Closed'), option('deleted', 'Deleted')]}
      />
      <span className={classes.found} role="status">
        {found !== null && view.text.trim() !== '' ? `${count(found, 'store')} found` : ''}
      </span>
    </div>
  );
}

function TextFilter({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  const apply = useDebouncedCallback(onChange, 80);
  // The address may change by itself, as by Clear filter or the browser's back button.
  if (text !== known) {
    setKnown(text);
    if (text !== typed) setTyped(text);
  }
  return (
    <TextInput
      className={classes.text}
      data-filter-input
      aria-label="Name, code or domain"
      placeholder="Name, code or domain"
      maxLength={200}
      leftSection={<IconSearch size={16} />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        apply(currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
