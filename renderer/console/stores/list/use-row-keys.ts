import { type RefObject, useEffect, useRef } from 'react';
import { isPlainKey } from '../../../shared/keys.ts';

interface RowKeys {
  readonly count: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Brings a row into sight. */
  readonly scrollTo: (index: number) => void;
}

/** `j` and `k` move the focus from row to row, so that Enter opens the one it is on. */
export function useRowKeys({ count, scroller, scrollTo }: RowKeys): void {
  const at = useRef(-1);
  /** The row that gets the focus as soon as it exists. */
  const wanted = useRef<number | null>(null);
  const latest = useRef({ count, scrollTo });
  const focusWanted = () => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (wanted.current === null || !row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  };
  useEffect(() => {
    latest.current = { count, scrollTo };
    focusWanted();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || (event.key !== 'j' && event.key !== 'k')) return;
      const focused = document.activeElement?.closest('[data-row]')?.getAttribute('data-row');
      const from = focused ? Number(focused) : at.current;
      const next = Math.min(latest.current.count - 1, Math.max(0, from + (event.key === 'j' ? 1 : -1)));
      if (next < 0) return;
      at.current = next;
      wanted.current = next;
      latest.current.scrollTo(next);
      const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`);
      if (row) {
        wanted.current = null;
        row.focus({ preventScroll: true });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [scroller]);
}
