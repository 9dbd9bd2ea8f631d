// biome-ignore-all lint/a11y/useSemanticElements: the rows lie in a grid that a list element would break.
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { formatMs } from '../../../shared/format.ts';
import { axisTicks, type Stretch, type Waterfall, type WaterfallRow } from '../waterfall.ts';
import classes from './timeline-tab.module.css';

/** Deeper spans are not indented further: their names would have no room. */
const MOST_INDENTED = 10;

interface TimelineBarsProps {
  readonly waterfall: Waterfall;
  /** What was noticed about a statement, in a word, by the key of its row. */
  readonly noticed: ReadonlyMap<string, string>;
}

/** The waterfall. One row has the focus; arrows move it, and its numbers stand below. */
export function TimelineBars({ waterfall, noticed }: TimelineBarsProps) {
  const { rows, endMs } = waterfall;
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = rows[pointed ?? focused] ?? rows[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const target = { ArrowDown: focused + 1, ArrowUp: focused - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target === undefined || !rows[target]) return;
    event.preventDefault();
    setFocused(target);
    list.current?.querySelectorAll<HTMLElement>('[role="listitem"]')[target]?.focus();
  };
  return (
    <div className={classes.bars}>
      <Axis endMs={endMs} />
      <div
        ref={list}
        role="list"
        aria-label="Spans and SQL in the order they began"
        onKeyDown={onKeyDown}
        onPointerLeave={() => setPointed(null)}
      >
        {rows.map((row, index) => (
          <Bar
            key={row.key}
            row={row}
            index={index}
            endMs={endMs}
            noticed={noticed.get(row.key) ?? null}
            isFocusable={index === focused}
            onFocus={setFocused}
            onPoint={setPointed}
          />
        ))}
      </div>
      {shown ? <Readout row={shown} /> : null}
    </div>
  );
}

interface BarProps {
  readonly row: WaterfallRow;
  readonly index: number;
  readonly endMs: number;
  readonly noticed: string | null;
  readonly isFocusable: boolean;
  readonly onFocus: (index: number) => void;
  readonly onPoint: (index: number) => void;
}

/** There may be hundreds: pointing at one must not draw them all again. */
const Bar = memo(function Bar({ row, index, endMs, noticed, isFocusable, onFocus, onPoint }: BarProps) {
  return (
    <div
      role="listitem"
      className={classes.bar}
      data-kind={row.kind}
      data-failed={row.statement?.error != null}
      tabIndex={isFocusable ? 0 : -1}
      aria-label={noticed === null ? describe(row) : `${describe(row)}, ${noticed}`}
      onFocus={() => onFocus(index)}
      onPointerEnter={() => onPoint(index)}
    >
      <span className={classes.label} style={{ paddingLeft: Math.min(row.depth, MOST_INDENTED) * 6 }}>
        {row.label}
        {noticed === null ? null : <span className={classes.noticed}>{noticed}</span>}
      </span>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.total} style={placeOf(row, endMs)} />
        {row.own.map((part) => (
          <span key={part.startMs} className={classes.own} style={placeOf(part, endMs)} />
        ))}
      </span>
      <span className={classes.number}>{formatMs(row.totalMs)}</span>
    </div>
  );
});

function Axis({ endMs }: { readonly endMs: number }) {
  return (
    <div className={classes.axis} aria-hidden="true">
      <div className={classes.scale}>
        {axisTicks(endMs, 4).map((tick) => (
          <span key={tick} className={classes.tick} style={{ left: `${(tick / endMs) * 100}%` }}>
            {tick} ms
          </span>
        ))}
      </div>
    </div>
  );
}

/** The numbers of one bar; always there, so that nothing moves. */
function Readout({ row }: { readonly row: WaterfallRow }) {
  return (
    <div className={classes.readout} aria-hidden="true">
      <span className={classes.readoutName}>{row.statement?.sql ?? row.label}</span>
      <span>
        from <b>{formatFine(row.startMs)}</b> to <b>{formatFine(row.endMs)}</b>
      </span>
      <span>
        total <b>{formatFine(row.totalMs)}</b>
      </span>
      {row.kind === 'span' ? (
        <span>
          own <b>{formatFine(row.ownMs)}</b>
        </span>
      ) : (
        <span>
          rows <b>{row.statement?.rows ?? 0}</b>
        </span>
      )}
    </div>
  );
}

/** A bar in words, for those who do not see it. */
function describe(row: WaterfallRow): string {
  const times = `from ${formatFine(row.startMs)}, total ${formatFine(row.totalMs)}`;
  if (row.kind === 'sql') return `${row.label}, SQL, ${times}`;
  const ending = row.hasEnded ? '' : ', still running when the request ended';
  return `${row.label}, ${times}, own ${formatFine(row.ownMs)}${ending}`;
}

/** Spans last hundredths of a millisecond. */
export function formatFine(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(2)} ms` : formatMs(milliseconds);
}

function placeOf({ startMs, endMs }: Stretch, wholeMs: number): { left: string; width: string } {
  return { left: `${(startMs / wholeMs) * 100}%`, width: `${((endMs - startMs) / wholeMs) * 100}%` };
}
