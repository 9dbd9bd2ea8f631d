import { Skeleton } from '@mantine/core';
import classes from './stores-skeleton.module.css';

const ROWS = [1, 2, 3, 4, 5, 6];

/** The table of stores before it is there, of the same size. */
export function StoresSkeleton() {
  return (
    <div className={classes.list} aria-hidden="true">
      {ROWS.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton width={24} height={24} radius="sm" />
          <Skeleton width={140} height={12} />
          <Skeleton width={200} height={12} className={classes.wide ?? ''} />
          <Skeleton width={56} height={12} />
        </div>
      ))}
    </div>
  );
}
