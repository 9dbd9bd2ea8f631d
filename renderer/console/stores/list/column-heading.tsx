// biome-ignore-all lint/a11y/useFocusableInteractive: the links and buttons inside take the focus.
// biome-ignore-all lint/a11y/useSemanticElements: a table whose rows are drawn only in part has to be laid out by hand; roles carry the meaning.
import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ListSort } from './list-view.ts';
import classes from './stores-table.module.css';

interface ColumnHeadingProps {
  readonly name: string;
  readonly children: ReactNode;
  /** Where the rows can be sorted by this column. */
  readonly sortKey?: ListSort['key'];
  readonly sort?: ListSort;
  readonly onSort?: (key: ListSort['key']) => void;
  /** For screen readers only. */
  readonly isHidden?: boolean;
}

/** A column's name; pressing it sorts by it. */
export function ColumnHeading({ name, children, sortKey, sort, onSort, isHidden = false }: ColumnHeadingProps) {
  const isSorted = sortKey !== undefined && sort?.key === sortKey;
  const Arrow = sort?.isDescending ? IconArrowDown : IconArrowUp;
  return (
    <div
      role="columnheader"
      className={classes.cell}
      data-column={name}
      {...(sortKey ? { 'aria-sort': isSorted ? (sort?.isDescending ? 'descending' : 'ascending') : 'none' } : {})}
    >
      {sortKey && onSort ? (
        <UnstyledButton className={classes.sort} onClick={() => onSort(sortKey)} data-sorted={isSorted}>
          {children}
          <Arrow size={12} aria-hidden="true" className={classes.arrow} />
        </UnstyledButton>
      ) : (
        <span className={isHidden ? classes.hidden : undefined}>{children}</span>
      )}
    </div>
  );
}
