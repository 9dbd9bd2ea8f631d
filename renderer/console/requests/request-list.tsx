// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useSemanticElements: a table whose rows are drawn only in part has to be laid out by hand; roles carry the meaning.
import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { formatNumber } from '../../shared/format.ts';
import classes from './request-list.module.css';
import { RequestRow, rowId } from './request-row.tsx';
import { type RowAction, useListKeys } from './use-list-keys.ts';
import type { RequestRows } from './use-request-list.ts';

const ROW_HEIGHT = 36;
const HEADER_HEIGHT = 32;
/** Rows drawn beyond the edge, so that scrolling by a wheel's notch finds them there. */
const OVERSCAN = 6;
/** Rows of the document are used again for other requests; more than are ever in sight. */
const ROW_POOL = 128;
const COLUMNS = ['Time', 'Method', 'Status', 'Store', 'Address', 'Mode', 'Duration', 'SQL'];

interface RequestListProps {
  readonly rows: RequestRows;
  /** The request that is shown in detail. */
  readonly openId: string | null;
  readonly onOpen: (requestId: string, replace: boolean) => void;
  readonly onClose: () => void;
  readonly onAct: (action: RowAction, requestId: string) => void;
  /** Whether new rows may come in: the list is at its top and the pointer is elsewhere. */
  readonly onAtRest: (isAtRest: boolean) => void;
}

/** The rows of requests, newest first; only those in sight are in the document. */
export function RequestList({ rows, openId, onOpen, onClose, onAct, onAtRest }: RequestListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { items, first, last, ...sight } = useRowsInSight(rows, scroller);
  const atRest = useAtRest(onAtRest);
  const cursor = useListKeys({ rows, openId, onOpen, onClose, onAct, scroller, ...sight });
  return (
    <div className={classes.frame}>
      {rows.waiting > 0 ? (
        <Button
          className={classes.waiting}
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowUp size={14} />}
          onClick={() => {
            rows.letIn();
            sight.scrollTo(0);
          }}
        >
          {`${formatNumber(rows.waiting)} new`}
        </Button>
      ) : null}
      <div
        className={classes.grid}
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label="Requests"
        aria-rowcount={rows.count + 1}
        aria-colcount={COLUMNS.length}
        aria-busy={rows.isLoading || rows.isRefreshing}
        aria-activedescendant={cursor.index >= first && cursor.index <= last ? rowId(cursor.index) : undefined}
        onKeyDown={cursor.onKeyDown}
        onScroll={(event) => atRest.setAtTop(event.currentTarget.scrollTop < ROW_HEIGHT / 2)}
        data-refreshing={rows.isRefreshing}
      >
        <ListHeader />
        <div
          role="rowgroup"
          className={classes.rows}
          style={{ height: rows.isLoading ? undefined : rows.count * ROW_HEIGHT }}
          onPointerEnter={(event) => event.pointerType === 'mouse' && atRest.setPointed(true)}
          onPointerLeave={() => atRest.setPointed(false)}
        >
          {rows.isLoading ? <LoadingRows /> : null}
          {items.map(({ index, start }) => {
            const request = rows.at(index);
            return (
              <RequestRow
                key={index % ROW_POOL}
                index={index}
                top={start - HEADER_HEIGHT}
                request={request}
                isOpen={request !== undefined && request.requestId === openId}
                isCursor={index === cursor.index}
                onOpen={cursor.openRow}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Which rows are drawn, and how to move among them. */
function useRowsInSight(rows: RequestRows, scroller: RefObject<HTMLDivElement | null>) {
  const virtualizer = useVirtualizer({
    count: rows.isLoading ? 0 : rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const { setRange } = rows;
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => setRange(first, last), [first, last, setRange]);
  return {
    items,
    first,
    last,
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    pageRows: () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_HEIGHT) / ROW_HEIGHT) - 1),
    firstInSight: () => Math.max(0, Math.ceil((scroller.current?.scrollTop ?? 0) / ROW_HEIGHT)),
  };
}

function ListHeader() {
  return (
    <div role="rowgroup" className={classes.header}>
      <div role="row" aria-rowindex={1} className={classes.row}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" className={classes.cell} data-column={column.toLowerCase()}>
            {column}
          </span>
        ))}
      </div>
    </div>
  );
}

function LoadingRows() {
  return Array.from({ length: 20 }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else.
    <RequestRow key={index} index={index} top={index * ROW_HEIGHT} request={undefined} />
  ));
}

/** The list is at rest at its top, while no mouse is over its rows: then rows may move down. */
function useAtRest(onAtRest: (isAtRest: boolean) => void) {
  const [isAtTop, setAtTop] = useState(true);
  const [isPointed, setPointed] = useState(false);
  const isAtRest = isAtTop && !isPointed;
  useEffect(() => {
    onAtRest(isAtRest);
    return () => onAtRest(true);
  }, [isAtRest, onAtRest]);
  return { setAtTop, setPointed };
}
