import { Button, FocusTrap, Popover, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { memo, type ReactNode, useState } from 'react';
import type { RequestFilter } from '../../../server/contract/requests.ts';
import { formatNumber } from '../../shared/format.ts';
import type { ChangeFilter } from './filter-panel.tsx';
import { HarButton } from './har/har-button.tsx';
import classes from './list-toolbar.module.css';
import { countFilters } from './request-filter.ts';
import { SavedFilters } from './saved/saved-filters.tsx';

/** Letters that follow each other faster, as of a key that is held down, are one text. */
const TYPING_MS = 25;

interface ListToolbarProps {
  readonly filter: RequestFilter;
  /** The filters as a query string. */
  readonly query: string;
  readonly onChange: ChangeFilter;
  /** Puts the filters of a query string in place of those in force. */
  readonly onPick: (query: string) => void;
  readonly onImport: (file: File) => void;
  /** How many requests match; null while that is not known. */
  readonly found: number | null;
  readonly isRefreshing: boolean;
  /** The filters, where they have no column of their own. */
  readonly panel: ReactNode;
}

/** Above the list: text to look for, how many were found, saved filters, HAR, and at narrow widths the other filters. */
export const ListToolbar = memo(function ListToolbar(props: ListToolbarProps) {
  const { filter, query, onChange, onPick, onImport, found, isRefreshing, panel } = props;
  return (
    <div className={classes.toolbar}>
      <TextFilter text={filter.text ?? ''} onChange={(text) => onChange('text', text || undefined)} />
      {panel ? <FilterButton filter={filter} panel={panel} /> : null}
      <span className={classes.found} role="status" data-refreshing={isRefreshing}>
        {found === null ? ' ' : `${formatNumber(found)} found`}
      </span>
      <SavedFilters query={query} onPick={onPick} />
      <HarButton filter={filter} found={found} onImport={onImport} />
    </div>
  );
});
function TextFilter({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  const apply = useDebouncedCallback((wanted: string) => onChange(wanted.trim()), TYPING_MS);
  // The address may change by itself, as by Clear filters or the browser's back button.
  if (text !== known) {
    setKnown(text);
    if (text !== typed.trim()) setTyped(text);
  }
  return (
    <TextInput
      className={classes.text}
      size="sm"
      data-filter-input
      aria-label="Text in method, host or path"
      placeholder="Method, host or path"
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

function FilterButton({ filter, panel }: { readonly filter: RequestFilter; readonly panel: ReactNode }) {
  const active = countFilters(filter) - (filter.text ? 1 : 0);
  return (
    <Popover width={280} position="bottom-start" shadow="md" trapFocus transitionProps={{ duration: 100 }}>
      <Popover.Target>
        <Button variant={active > 0 ? 'light' : 'default'} leftSection={<IconFilter size={16} />}>
          {active > 0 ? `Filters: ${active}` : 'Filters'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filters" className={classes.popover}>
        {/* Else the first field would have the focus, and open its options over the others. */}
        <FocusTrap.InitialFocus />
        {panel}
      </Popover.Dropdown>
    </Popover>
  );
}
