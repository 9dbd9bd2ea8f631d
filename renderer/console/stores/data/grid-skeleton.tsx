import { Skeleton } from '@mantine/core';
import classes from './table-page.module.css';

/** Rows before they are there. */
export function GridSkeleton() {
  return (
    <div className={classes.scroller} aria-hidden="true">
      <Skeleton height={48} radius={0} />
      {Array.from({ length: 16 }, (_none, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={row} className={classes.ghost}>
          <Skeleton height={12} width={`${60 + ((row * 7) % 30)}%`} />
        </div>
      ))}
    </div>
  );
}
