// biome-ignore-all lint/a11y/useFocusableInteractive: the links and buttons inside take the focus.
// biome-ignore-all lint/a11y/useSemanticElements: a table whose rows are drawn only in part has to be laid out by hand; roles carry the meaning.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useNow } from '../../../shared/use-now.ts';
import { FloatingStoreMenu, type OpenMenu } from '../store-menu.tsx';
import type { StoreActions } from '../use-store-actions.ts';
import type { StoreRow } from './arrange.ts';
import { ColumnHeading } from './column-heading.tsx';
import { type ListSort, nextSort } from './list-view.ts';
import { PassingRow, StoreRowView } from './store-row.tsx';
import classes from './stores-table.module.css';
import { useFastScroll } from './use-fast-scroll.ts';
import { useRowKeys } from './use-row-keys.ts';

const ROW_HEIGHT = 44;

interface StoresTableProps {
  readonly rows: readonly StoreRow[];
  readonly sort: ListSort;
  readonly onSort: (sort: ListSort) => void;
  readonly actions: StoreActions;
}

/** The stores, one a row. Only the rows in sight exist, so that a thousand scroll like ten. */
export function StoresTable({ rows, sort, onSort, actions }: StoresTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.store.id ?? index,
    overscan: 8,
  });
  const [isPassing, watchSpeed] = useFastScroll(virtual.isScrolling);
  useRowKeys({ count: rows.length, scroller, scrollTo: (index) => virtual.scrollToIndex(index) });
  // A new order begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sort is the trigger
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for the effect's cleanup.
    scroller.current?.scrollTo(0, 0);
  }, [sort.key, sort.isDescending]);
  const heading = { sort, onSort: (key: ListSort['key']) => onSort(nextSort(sort, key)) };
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      onScroll={(event) => {
        watchSpeed(event);
        if (menu) setMenu(null);
      }}
    >
      <div role="table" aria-label="Stores" aria-rowcount={rows.length + 1}>
        <div role="rowgroup" className={classes.header}>
          <div role="row" aria-rowindex={1} className={classes.row}>
            <ColumnHeading name="name" {...heading} sortKey="name">
              Name
            </ColumnHeading>
            <ColumnHeading name="code" {...heading} sortKey="code">
              Code
            </ColumnHeading>
            <ColumnHeading name="host">Host</ColumnHeading>
            <ColumnHeading name="state">State</ColumnHeading>
            <ColumnHeading name="requests" {...heading} sortKey="requests">
              Requests / min
            </ColumnHeading>
            <ColumnHeading name="last">Last request</ColumnHeading>
            <ColumnHeading name="error">Last error</ColumnHeading>
            <ColumnHeading name="created" {...heading} sortKey="created">
              Created
            </ColumnHeading>
            <ColumnHeading name="menu" isHidden>
              Actions
            </ColumnHeading>
          </div>
        </div>
        <div role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            if (row && isPassing) return <PassingRow key={key} store={row.store} index={index} top={start} />;
            return row ? (
              <StoreRowView
                key={key}
                row={row}
                index={index}
                top={start}
                now={now}
                isMenuOpen={menu?.store.id === row.store.id}
                onMenu={setMenu}
              />
            ) : null;
          })}
        </div>
      </div>
      <FloatingStoreMenu menu={menu} onClose={() => setMenu(null)} actions={actions} />
    </div>
  );
}
