import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react';
import type { TablePage } from '../../../../server/contract/backends.ts';
import classes from './table-page.module.css';
import { lastOffset, PAGE_SIZES, rangeOf, type TableView } from './table-view.ts';

interface PagerProps {
  readonly page: TablePage;
  readonly view: TableView;
  readonly onShow: (view: TableView) => void;
}

/** Which rows are shown, and the way to the others. */
export function Pager({ page, view, onShow }: PagerProps) {
  const { offset, limit } = view;
  const last = lastOffset(page.total, limit);
  const steps = [
    { label: 'First page', to: 0, isOff: offset === 0, icon: IconChevronsLeft },
    { label: 'Previous page', to: Math.max(0, offset - limit), isOff: offset === 0, icon: IconChevronLeft },
    { label: 'Next page', to: offset + limit, isOff: offset >= last, icon: IconChevronRight },
    { label: 'Last page', to: last, isOff: offset >= last, icon: IconChevronsRight },
  ];
  return (
    <>
      <span className={classes.range} role="status">
        {rangeOf(page.offset, page.rows.length, page.total)}
      </span>
      <div className={classes.steps}>
        {steps.map(({ label, to, isOff, icon: Icon }) => (
          <Tooltip key={label} label={label}>
            <ActionIcon aria-label={label} disabled={isOff} onClick={() => onShow({ ...view, offset: to })}>
              <Icon size={16} />
            </ActionIcon>
          </Tooltip>
        ))}
      </div>
      <NativeSelect
        size="xs"
        aria-label="Rows on a page"
        value={String(limit)}
        data={PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} rows` }))}
        onChange={({ currentTarget }) => onShow({ ...view, offset: 0, limit: Number(currentTarget.value) })}
      />
    </>
  );
}
