import { type KeyboardEvent as ReactKeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { isPlainKey } from '../../../shared/keys.ts';

interface GridKeys {
  readonly count: number;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onOpen: (index: number) => void;
}

interface Cursor {
  /** The one row that Tab reaches. */
  readonly index: number;
  /** Notes that a row has the focus. */
  readonly moveTo: (index: number) => void;
  readonly onKeyDown: (event: ReactKeyboardEvent) => void;
}

const PAGE_ROWS = 10;

/** `j` and `k` anywhere, arrows, Home, End and pages within the rows; left and right scroll, Enter opens. */
export function useGridKeys({ count, scroller, onOpen }: GridKeys): Cursor {
  const [at, setAt] = useState(0);
  const index = Math.min(at, Math.max(0, count - 1));
  const focus = (wanted: number) => {
    const row = Math.min(count - 1, Math.max(0, wanted));
    scroller.current?.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus();
  };
  const latest = useRef({ focus, index });
  useEffect(() => {
    latest.current = { focus, index };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || (event.key !== 'j' && event.key !== 'k')) return;
      const isInside = scroller.current?.querySelector('tbody')?.contains(document.activeElement);
      // The first key goes to the row that was left last.
      latest.current.focus(isInside ? latest.current.index + (event.key === 'j' ? 1 : -1) : latest.current.index);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [scroller]);
  const onKeyDown = (event: ReactKeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = MOVES[event.key]?.(index, count);
    const isOnRow = event.target instanceof HTMLElement && event.target.hasAttribute('data-row');
    if (target === undefined && !(event.key === 'Enter' && isOnRow)) return;
    event.preventDefault();
    if (target === undefined) onOpen(index);
    else focus(target);
  };
  return { index, moveTo: setAt, onKeyDown };
}

const MOVES: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index) => index + PAGE_ROWS,
  PageUp: (index) => index - PAGE_ROWS,
  Home: () => 0,
  End: (_index, count) => count - 1,
};
