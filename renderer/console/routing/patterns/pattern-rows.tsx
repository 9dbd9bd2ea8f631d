// biome-ignore-all lint/a11y/useSemanticElements: a table whose rows are drawn only in part has to be laid out by hand; roles carry the meaning.
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys.
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons inside take the focus.
import { Tooltip } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { RouteRow } from '../../../../server/contract/routing.ts';
import { areaLabel } from '../../../shared/format.ts';
import { StateLabel } from '../../../shared/state-label.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { PATTERN_RULES, PATTERN_STATES } from './pattern-words.ts';
import classes from './patterns-table.module.css';

const ROW_HEIGHT = 40;

interface PatternRowsProps {
  readonly rows: readonly RouteRow[];
  readonly askedHost: string | null;
  readonly onTry: (url: string) => void;
}

/** The rows that are in view: there may be thousands. */
export function PatternRows({ rows, askedHost, onTry }: PatternRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      tabIndex={0}
      role="table"
      aria-label="Patterns"
      aria-rowcount={rows.length + 1}
    >
      <div role="row" className={classes.header} aria-rowindex={1}>
        {['Rule', 'Pattern', 'Store', 'Area', 'Answered by', 'State'].map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
        <span role="columnheader" className={classes.hidden}>
          Try it
        </span>
      </div>
      <div className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row ? (
            <Row key={row.id} row={row} index={index} top={start} isAsked={row.host === askedHost} onTry={onTry} />
          ) : null;
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: RouteRow;
  readonly index: number;
  /** Pixels from the top of the rows. */
  readonly top: number;
  readonly isAsked: boolean;
  readonly onTry: (url: string) => void;
}

function Row({ row, index, top, isAsked, onTry }: RowProps) {
  const { word, tone } = PATTERN_STATES[row.state];
  const { example } = row;
  const isAny = row.methods.includes('any');
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-asked={isAsked || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell" className={classes.muted}>
        {PATTERN_RULES[row.rule]}
      </span>
      <span role="cell" className={classes.pattern} title={row.host + row.path}>
        {isAny ? null : <span className={classes.methods}>{row.methods.join(' ')}</span>}
        <span className={classes.muted}>{row.host}</span>
        {row.path}
      </span>
      <span role="cell" className={classes.store}>
        {row.store ? (
          <StoreBadge name={row.store.name} color={row.store.color} />
        ) : (
          <span className={classes.muted}>–</span>
        )}
      </span>
      <span role="cell">{row.area ? areaLabel(row.area) : '–'}</span>
      <span role="cell" className={classes.muted}>
        {row.owner}
      </span>
      <span role="cell" className={classes.state}>
        <StateLabel tone={tone}>{word}</StateLabel>
        {row.reason === null ? null : (
          <span className={classes.reason} title={row.reason}>
            {row.reason}
          </span>
        )}
      </span>
      <span role="cell">
        {example === null ? null : (
          <Tooltip label={`Ask about ${example}`} events={{ hover: true, focus: true, touch: false }}>
            <button
              type="button"
              className={classes.try}
              aria-label={`Ask about ${example}`}
              onClick={() => onTry(example)}
            >
              <IconArrowUp size={16} aria-hidden="true" />
            </button>
          </Tooltip>
        )}
      </span>
    </div>
  );
}
