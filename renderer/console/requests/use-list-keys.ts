import {
  type KeyboardEvent as ReactKeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { isPlainKey } from '../../shared/keys.ts';
import type { RequestRows } from './use-request-list.ts';

interface ListKeys {
  readonly rows: RequestRows;
  readonly openId: string | null;
  readonly onOpen: (requestId: string, replace: boolean) => void;
  readonly onClose: () => void;
  /** Does something with the request that the keys are at. */
  readonly onAct: (action: RowAction, requestId: string) => void;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly scrollTo: (index: number) => void;
  /** How many rows a page has. */
  readonly pageRows: () => number;
  readonly firstInSight: () => number;
}

/** What a key does with a request without opening it first. */
export type RowAction = 'resend' | 'edit' | 'copy';

const ACTIONS: Readonly<Record<string, RowAction>> = { r: 'resend', e: 'edit', c: 'copy' };

interface Cursor {
  /** The row the keys are at, or -1. */
  readonly index: number;
  readonly onKeyDown: (event: ReactKeyboardEvent) => void;
  readonly openRow: (index: number) => void;
}

/**
 * The list's keys: `j`, `k`, `r`, `e`, `c` and Esc anywhere on the screen, arrows, Home, End, pages and Enter in the list.
 * The cursor stays at its request while new ones come in above; an open detail follows it.
 */
export function useListKeys(keys: ListKeys): Cursor {
  const { rows, openId } = keys;
  const [cursorId, setCursorId] = useState<string | null>(openId);
  // Opened by a link or by the browser's back button.
  const [knownId, setKnownId] = useState(openId);
  if (openId !== knownId) {
    setKnownId(openId);
    if (openId !== null) setCursorId(openId);
  }
  const { scroller } = keys;
  const wasOpen = useRef(openId !== null);
  useEffect(() => {
    // What had the focus in the detail is gone with it.
    if (wasOpen.current && openId === null && document.activeElement === document.body) scroller.current?.focus();
    wasOpen.current = openId !== null;
  }, [openId, scroller]);
  const index = cursorId === null ? -1 : rows.indexOf(cursorId);
  const latest = useRef({ ...keys, index });
  useEffect(() => {
    latest.current = { ...keys, index };
  });

  /** A row that was gone to before its page was loaded. */
  const pending = useRef<number | null>(null);
  const moveTo = useCallback((wanted: number) => {
    const { rows: now, openId: open, onOpen, scrollTo } = latest.current;
    const target = Math.min(Math.max(wanted, 0), now.count - 1);
    if (target < 0) return;
    scrollTo(target);
    const request = now.at(target);
    pending.current = request ? null : target;
    if (!request) return;
    setCursorId(request.requestId);
    if (open !== null) onOpen(request.requestId, true);
  }, []);
  useEffect(() => {
    // The list may have become shorter meanwhile: the oldest requests are dropped.
    if (pending.current !== null && rows.at(Math.min(pending.current, rows.count - 1))) moveTo(pending.current);
  }, [rows, moveTo]);
  const moveBy = useCallback(
    (step: number) => {
      const { index: now, firstInSight } = latest.current;
      moveTo(now === -1 ? firstInSight() : now + step);
    },
    [moveTo],
  );
  const openRow = useCallback((row: number) => {
    const request = latest.current.rows.at(row);
    if (!request) return;
    setCursorId(request.requestId);
    latest.current.onOpen(request.requestId, latest.current.openId !== null);
  }, []);

  const onKeyDown = (event: ReactKeyboardEvent) => {
    const move = MOVES[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || (!move && event.key !== 'Enter')) return;
    event.preventDefault();
    if (move) move({ moveTo, moveBy, count: rows.count, pageRows: keys.pageRows() });
    else if (index !== -1) openRow(index);
  };

  useScreenKeys(latest, moveBy, openRow);
  return { index, onKeyDown, openRow };
}

type Latest = RefObject<ListKeys & { readonly index: number }>;

/** The keys that act anywhere on the screen. */
function useScreenKeys(latest: Latest, moveBy: (step: number) => void, openRow: (row: number) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return;
      if (event.key === 'j' || event.key === 'k') {
        moveBy(event.key === 'j' ? 1 : -1);
        if (document.activeElement === document.body) latest.current.scroller.current?.focus({ preventScroll: true });
      }
      if (event.key === 'Enter' && event.target === document.body && latest.current.index !== -1)
        openRow(latest.current.index);
      const action = ACTIONS[event.key];
      const { rows: now, index: at, openId: open, onAct } = latest.current;
      const chosen = now.at(at)?.requestId ?? open;
      if (action && chosen && !event.repeat) {
        // Else the letter would be typed into the field that opens.
        event.preventDefault();
        onAct(action, chosen);
      }
      if (event.key === 'Escape' && latest.current.openId !== null) {
        const { onClose } = latest.current;
        // The address changes a moment later; a key pressed before that is meant for the list alone.
        latest.current = { ...latest.current, openId: null };
        onClose();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [latest, moveBy, openRow]);
}

interface Moving {
  readonly moveTo: (index: number) => void;
  readonly moveBy: (step: number) => void;
  readonly count: number;
  readonly pageRows: number;
}

const MOVES: Readonly<Record<string, (moving: Moving) => void>> = {
  ArrowDown: ({ moveBy }) => moveBy(1),
  ArrowUp: ({ moveBy }) => moveBy(-1),
  PageDown: ({ moveBy, pageRows }) => moveBy(pageRows),
  PageUp: ({ moveBy, pageRows }) => moveBy(-pageRows),
  Home: ({ moveTo }) => moveTo(0),
  End: ({ moveTo, count }) => moveTo(count - 1),
};
