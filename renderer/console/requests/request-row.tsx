// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useSemanticElements: a table whose rows are drawn only in part has to be laid out by hand; roles carry the meaning.
import { memo } from 'react';
import type { RequestSummary } from '../../../server/contract/requests.ts';
import { formatClock, formatDate, formatMs, modeLabel } from '../../shared/format.ts';
import { StateLabel, statusTone } from '../../shared/state-label.tsx';
import { StoreBadge } from '../../shared/store-badge.tsx';
import { durationShare } from './duration-scale.ts';
import classes from './request-list.module.css';
import { RowMarks } from './row-marks.tsx';

interface RequestRowProps {
  readonly index: number;
  /** Pixels below the first row. */
  readonly top: number;
  /** Undefined while it is loaded. */
  readonly request: RequestSummary | undefined;
  readonly isOpen?: boolean;
  readonly isCursor?: boolean;
  readonly onOpen?: (index: number) => void;
}

const OWN_PORT = `:${location.port || '80'}`;

/** The id of a row in the document, for the grid's active descendant. */
export function rowId(index: number): string {
  return `request-row-${index}`;
}

/** One request as a line of the list. */
export const RequestRow = memo(function RequestRow(props: RequestRowProps) {
  const { index, top, request, isOpen = false, isCursor = false, onOpen } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows.
    <div
      role="row"
      id={rowId(index)}
      className={classes.row}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      data-cursor={isCursor}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen?.(index)}
    >
      {request ? <Cells request={request} /> : <PlaceholderCells />}
    </div>
  );
});

function Cells({ request }: { readonly request: RequestSummary }) {
  const { startedAt, method, status, store, host, path, mode, durationMs, statements } = request;
  return (
    <>
      <span role="gridcell" className={classes.cell} data-column="time" title={formatDate(startedAt)}>
        {formatClock(startedAt)}
      </span>
      <span role="gridcell" className={classes.cell} data-column="method">
        {method}
      </span>
      <span role="gridcell" className={classes.cell} data-column="status">
        <StateLabel tone={statusTone(status)}>{status ?? '–'}</StateLabel>
      </span>
      <span role="gridcell" className={classes.cell} data-column="store" title={store?.name}>
        {store ? (
          <StoreBadge name={store.name} color={store.color} size="sm" />
        ) : (
          <span className={classes.none}>–</span>
        )}
      </span>
      <span role="gridcell" className={classes.cell} data-column="address" title={host + path}>
        <span className={classes.host}>{withoutOwnPort(host)}</span>
        <span className={classes.path}>{path}</span>
        <RowMarks request={request} />
      </span>
      <span role="gridcell" className={classes.cell} data-column="mode">
        {mode ? modeLabel(mode) : <span className={classes.none}>–</span>}
      </span>
      <span role="gridcell" className={classes.cell} data-column="duration">
        <span className={classes.track} aria-hidden="true">
          {durationMs === null ? null : (
            <span className={classes.bar} style={{ width: `${durationShare(durationMs) * 100}%` }} />
          )}
        </span>
        <span className={classes.ms}>{formatMs(durationMs)}</span>
      </span>
      <span role="gridcell" className={classes.cell} data-column="sql">
        {statements}
      </span>
    </>
  );
}

/** Every address here has this server's port: a list needs not repeat it. */
function withoutOwnPort(host: string): string {
  return host.endsWith(OWN_PORT) ? host.slice(0, -OWN_PORT.length) : host;
}

function PlaceholderCells() {
  return (
    <span role="gridcell" className={classes.placeholder}>
      <span className={classes.hidden}>Loading</span>
    </span>
  );
}
