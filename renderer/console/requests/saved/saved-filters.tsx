import { ActionIcon, Button, FocusTrap, Popover, Skeleton, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { FilterNameForm } from './filter-name-form.tsx';
import { SavedFilterRow } from './saved-filter-row.tsx';
import classes from './saved-filters.module.css';
import { nameFault } from './saved-list.ts';
import { useSavedFilters } from './use-saved-filters.ts';

interface SavedFiltersProps {
  /** The filters in force as a query string; empty when there are none. */
  readonly query: string;
  readonly onPick: (query: string) => void;
}

/** Filters with a name: pick, save, rename, delete, copy a link to one. */
export function SavedFilters({ query, onPick }: SavedFiltersProps) {
  const [isOpen, { toggle, close }] = useDisclosure();
  const content = useRef<HTMLDivElement>(null);
  // What had the focus may be gone: without it, Escape would not close.
  const saved = useSavedFilters(isOpen, () => content.current?.focus());
  const pick = (picked: string) => {
    onPick(picked);
    close();
  };
  return (
    <Popover
      width={320}
      position="bottom-end"
      shadow="md"
      trapFocus
      opened={isOpen}
      onDismiss={close}
      onClose={close}
      transitionProps={{ duration: 100 }}
    >
      <Popover.Target>
        <Tooltip label="Saved filters">
          <ActionIcon variant="default" size={32} onClick={toggle} aria-label="Saved filters">
            <IconBookmark size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved filters" p={8}>
        <FocusTrap.InitialFocus />
        <div ref={content} tabIndex={-1} className={classes.content}>
          <SavedList saved={saved} query={query} onPick={pick} />
          <SaveForm saved={saved} query={query} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

type Saved = ReturnType<typeof useSavedFilters>;

interface PartProps {
  readonly saved: Saved;
  readonly query: string;
}

function SavedList({ saved, query, onPick }: PartProps & { readonly onPick: (query: string) => void }) {
  if (saved.isLoading) return <Skeleton height={32} />;
  if (saved.error)
    return (
      <div className={classes.note} role="alert">
        {saved.error.message}{' '}
        <Button size="compact-xs" variant="default" onClick={saved.retry}>
          Try again
        </Button>
      </div>
    );
  if (saved.filters.length === 0)
    return <p className={classes.note}>None yet. Set some filters and save them with a name.</p>;
  return (
    <ul className={classes.list}>
      {saved.filters.map((filter) => (
        <SavedFilterRow
          key={filter.name}
          filter={filter}
          isShown={filter.query === query}
          faultOf={(name) => nameFault(saved.filters, name, filter.name)}
          onPick={() => onPick(filter.query)}
          onRename={(name, then) => saved.rename(filter.name, name, then)}
          onRemove={() => saved.remove(filter)}
        />
      ))}
    </ul>
  );
}

/** Saves the filters in force; a name that is taken replaces the filter that has it. */
function SaveForm({ saved, query }: PartProps) {
  const [key, setKey] = useState(0);
  if (query === '') return <p className={classes.hint}>No filter is set: there is nothing to save.</p>;
  const isKnown = saved.filters.some((filter) => filter.query === query);
  if (isKnown) return null;
  return (
    <div className={classes.save}>
      <FilterNameForm
        key={key}
        label="Name for the filters in force"
        verb="Save"
        initial=""
        isBusy={saved.isSaving}
        faultOf={(name) => (name.trim() === '' ? 'Give it a name.' : null)}
        onDone={(name) => saved.save({ name, query }, () => setKey(key + 1))}
      />
    </div>
  );
}
