import { useCallback, useEffect, useRef, useState } from 'react';
import { PAGE_SIZE } from './list-window.ts';

/** Rows, from the first to the last. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** How often the rows in sight are looked at. */
const LOOK_MS = 80;
/** Rows around those in sight that are loaded as well; also the step in which the range changes. */
const MARGIN = 100;

/**
 * The rows worth loading, and the function that says which are in sight. Dragging the scroll bar passes hundreds of
 * pages: while it moves further than a page between two looks, the range stays as it was.
 */
export function useSettledRange(): [RowRange, (first: number, last: number) => void] {
  const [range, setRange] = useState<RowRange>({ first: 0, last: MARGIN - 1 });
  const inSight = useRef<RowRange>({ first: 0, last: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const look = useCallback((before: RowRange) => {
    timer.current = undefined;
    const now = inSight.current;
    if (Math.abs(now.first - before.first) < PAGE_SIZE)
      setRange((known) => (isSame(known, now) ? known : widened(now)));
    if (now !== before) timer.current = setTimeout(() => look(now), LOOK_MS);
  }, []);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  const see = useCallback(
    (first: number, last: number) => {
      const before = inSight.current;
      inSight.current = { first, last };
      timer.current ??= setTimeout(() => look(before), LOOK_MS);
    },
    [look],
  );
  return [range, see];
}

function widened({ first, last }: RowRange): RowRange {
  return {
    first: Math.max(0, (Math.floor(first / MARGIN) - 1) * MARGIN),
    last: (Math.ceil(last / MARGIN) + 1) * MARGIN - 1,
  };
}

function isSame(known: RowRange, inSight: RowRange): boolean {
  const wanted = widened(inSight);
  return wanted.first === known.first && wanted.last === known.last;
}
