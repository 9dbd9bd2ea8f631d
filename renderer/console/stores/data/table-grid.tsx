import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconKey, IconTable } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { TablePage } from '../../../../server/contract/backends.ts';
import { EmptyState } from '../../../shared/states.tsx';
import { CellPopover, type OpenCell } from './cell-popover.tsx';
import { isLong, isNumeric } from './cell-text.ts';
import { RowDrawer } from './row-drawer.tsx';
import classes from './table-page.module.css';
import type { TableView } from './table-view.ts';
import { useGridKeys } from './use-grid-keys.ts';

type Column = TablePage['columns'][number];

interface TableGridProps {
  readonly page: TablePage;
  readonly view: TableView;
  /** Other rows are on their way; these are from before. */
  readonly isBusy: boolean;
  readonly onSort: (column: string) => void;
}

/** Rows and columns as in the database. Keys go from row to row; Enter shows a row with everything in it. */
export function TableGrid({ page, view, isBusy, onSort }: TableGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [cell, setCell] = useState<OpenCell | null>(null);
  const [openRow, setOpenRow] = useState<number | null>(null);
  const keys = useGridKeys({ count: page.rows.length, scroller, onOpen: setOpenRow });
  // Other rows begin at the top; the columns stay where they were.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows that are shown are the trigger
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [page.offset, view.sort, view.isDescending]);
  return (
    <>
      <div ref={scroller} className={classes.scroller} aria-busy={isBusy} onScroll={() => cell && setCell(null)}>
        <table className={classes.grid} aria-label={`Rows of ${page.table}`} aria-rowcount={page.total + 1}>
          <thead>
            <tr>
              <th scope="col" className={classes.number}>
                <span className={classes.hidden}>Row</span>
              </th>
              {page.columns.map((column) => (
                <Heading key={column.name} column={column} view={view} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={keys.onKeyDown}>
            {page.rows.map((row, index) => (
              <Row
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
                key={index}
                page={page}
                row={row}
                index={index}
                isReached={index === keys.index}
                onFocus={keys.moveTo}
                onOpen={setOpenRow}
                onOpenCell={setCell}
              />
            ))}
          </tbody>
        </table>
        {page.rows.length === 0 ? <NoRows page={page} /> : null}
      </div>
      <CellPopover cell={cell} onClose={() => setCell(null)} />
      <RowDrawer page={page} index={openRow} onShow={setOpenRow} />
    </>
  );
}

interface RowProps {
  readonly page: TablePage;
  readonly row: readonly (string | null)[];
  readonly index: number;
  /** One row at a time can be reached by Tab. */
  readonly isReached: boolean;
  readonly onFocus: (index: number) => void;
  readonly onOpen: (index: number) => void;
  readonly onOpenCell: (cell: OpenCell) => void;
}

function Row({ page, row, index, isReached, onFocus, onOpen, onOpenCell }: RowProps) {
  const number = page.offset + index + 1;
  return (
    <tr
      data-row={index}
      tabIndex={isReached ? 0 : -1}
      aria-rowindex={number + 1}
      onFocus={() => onFocus(index)}
      onDoubleClick={() => onOpen(index)}
    >
      <td className={classes.number}>
        <button type="button" tabIndex={-1} aria-label={`Show row ${number}`} onClick={() => onOpen(index)}>
          {number}
        </button>
      </td>
      {page.columns.map((column, at) => (
        <Cell key={column.name} column={column} value={row[at] ?? null} onOpen={onOpenCell} />
      ))}
    </tr>
  );
}

function NoRows({ page }: { readonly page: TablePage }) {
  return (
    <div className={classes.empty}>
      <EmptyState icon={<IconTable size={24} />} title={page.total === 0 ? 'No rows' : 'No rows here'}>
        {page.total === 0
          ? `The table ${page.table} of this store is empty.`
          : `The table has ${page.total} rows; this page lies behind the last one.`}
      </EmptyState>
    </div>
  );
}

interface HeadingProps {
  readonly column: Column;
  readonly view: TableView;
  readonly onSort: (column: string) => void;
}

function Heading({ column: { name, type, isKey }, view, onSort }: HeadingProps) {
  const isSorted = view.sort === name;
  const Arrow = view.isDescending ? IconArrowDown : IconArrowUp;
  const words = (
    <>
      <span className={classes.column}>
        {isKey ? <IconKey size={12} role="img" aria-label="key" className={classes.key} /> : null}
        {name}
        {isSorted ? <Arrow size={12} aria-hidden="true" /> : null}
      </span>
      <span className={classes.type}>{type}</span>
    </>
  );
  // JSON has no order that engines agree on.
  const canSort = !/^json/i.test(type);
  return (
    <th
      scope="col"
      data-numeric={isNumeric(type) || undefined}
      {...(canSort ? { 'aria-sort': isSorted ? (view.isDescending ? 'descending' : 'ascending') : 'none' } : {})}
    >
      {canSort ? (
        <UnstyledButton className={classes.sort} title={`Sort by ${name}`} onClick={() => onSort(name)}>
          {words}
        </UnstyledButton>
      ) : (
        <div className={classes.sort}>{words}</div>
      )}
    </th>
  );
}

interface CellProps {
  readonly column: Column;
  readonly value: string | null;
  readonly onOpen: (cell: OpenCell) => void;
}

function Cell({ column, value, onOpen }: CellProps) {
  if (value === null)
    return (
      <td data-numeric={isNumeric(column.type) || undefined}>
        <span className={classes.null}>NULL</span>
      </td>
    );
  return (
    <td data-numeric={isNumeric(column.type) || undefined}>
      {isLong(value) ? (
        <button
          type="button"
          tabIndex={-1}
          className={classes.long}
          aria-haspopup="dialog"
          onClick={({ currentTarget }) =>
            onOpen({ column, value, at: currentTarget.getBoundingClientRect(), opener: currentTarget })
          }
        >
          {value}
        </button>
      ) : (
        value
      )}
    </td>
  );
}
