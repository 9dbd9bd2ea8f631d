import { useLocalStorage } from '@mantine/hooks';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import classes from './requests-page.module.css';

/** Percent of the panes that the detail takes. */
const USUAL = 56;
const LEAST = 36;
const MOST = 76;
const STEP = 2;

/** The width of the detail in percent of both panes; it stays as it was left. */
export function useDetailShare(): readonly [number, (share: number) => void] {
  const [share, setShare] = useLocalStorage({
    key: 'orion-requests-detail-width',
    defaultValue: USUAL,
    getInitialValueInEffect: false,
  });
  return [within(share), (wanted) => setShare(within(wanted))];
}

interface PaneSplitterProps {
  readonly panes: RefObject<HTMLElement | null>;
  readonly share: number;
  readonly onChange: (share: number) => void;
}

/** The line between list and detail: drag it, or move it with the arrow keys; a double press puts it back. */
export function PaneSplitter({ panes, share, onChange }: PaneSplitterProps) {
  const drag = (event: PointerEvent<HTMLElement>) => {
    const box = panes.current?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onChange(((box.right - event.clientX) / box.width) * 100);
  };
  const move = (event: KeyboardEvent) => {
    const wanted = { ArrowLeft: share + STEP, ArrowRight: share - STEP, Home: MOST, End: LEAST }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(wanted);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that is moved has no element of its own.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the detail"
      aria-valuenow={Math.round(share)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      className={classes.splitter}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => onChange(USUAL)}
      onKeyDown={move}
    />
  );
}

function within(share: number): number {
  return Math.min(MOST, Math.max(LEAST, Number.isFinite(share) ? share : USUAL));
}
