import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconBookmarkFilled, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SavedFilter } from '../../../../server/contract/inspect.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { FilterNameForm } from './filter-name-form.tsx';
import classes from './saved-filters.module.css';

interface SavedFilterRowProps {
  readonly filter: SavedFilter;
  /** True when these are the filters in force. */
  readonly isShown: boolean;
  readonly faultOf: (name: string) => string | null;
  readonly onPick: () => void;
  readonly onRename: (name: string, then: () => void) => void;
  readonly onRemove: () => void;
}

/** One saved filter with what can be done with it. */
export function SavedFilterRow(props: SavedFilterRowProps) {
  const { filter, isShown, faultOf, onPick, onRename, onRemove } = props;
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming)
    return (
      <li>
        <FilterNameForm
          label={`New name for ${filter.name}`}
          verb="Rename"
          initial={filter.name}
          faultOf={faultOf}
          onDone={(name) => onRename(name, () => setRenaming(false))}
          onCancel={() => setRenaming(false)}
        />
      </li>
    );
  return (
    <li className={classes.row} data-shown={isShown}>
      <UnstyledButton className={classes.pick} onClick={onPick} aria-current={isShown}>
        <IconBookmarkFilled size={13} aria-hidden="true" />
        <span className="clip">{filter.name}</span>
      </UnstyledButton>
      <CopyButton text={`${location.origin}/requests?${filter.query}`} label={`Copy the link to ${filter.name}`} />
      <ActionIcon size="sm" onClick={() => setRenaming(true)} aria-label={`Rename ${filter.name}`}>
        <IconPencil size={14} />
      </ActionIcon>
      <ActionIcon size="sm" onClick={onRemove} aria-label={`Delete ${filter.name}`}>
        <IconTrash size={14} />
      </ActionIcon>
    </li>
  );
}
