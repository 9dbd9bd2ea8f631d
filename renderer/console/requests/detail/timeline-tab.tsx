import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { formatMs } from '../../../shared/format.ts';
import { FLAG_WORDS } from '../request-words.ts';
import { layoutWaterfall } from '../waterfall.ts';
import head from './tab-head.module.css';
import { TimelineBars } from './timeline-bars.tsx';
import classes from './timeline-tab.module.css';
import { TimelineTable } from './timeline-table.tsx';

/** Where the time went: spans and statements as bars on one axis, or the same as a table. */
export function TimelineTab({ request }: { readonly request: RequestTrace }) {
  const waterfall = useMemo(() => layoutWaterfall(request), [request]);
  const noticed = useMemo(() => noticedRows(request), [request]);
  const [view, setView] = useState('bars');
  if (waterfall.rows.length === 0)
    return <p className={classes.none}>No span was recorded: the request was answered before the first of them.</p>;
  return (
    <div>
      <div className={head.head}>
        <p className={head.summary}>{summaryOf(request)}</p>
        <SegmentedControl
          size="xs"
          aria-label="How the timeline is shown"
          value={view}
          onChange={setView}
          data={[
            { value: 'bars', label: 'Bars' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </div>
      {view === 'bars' ? (
        <TimelineBars waterfall={waterfall} noticed={noticed} />
      ) : (
        <TimelineTable rows={waterfall.rows} />
      )}
    </div>
  );
}

/** What was noticed about statements, by the keys of their rows. */
function noticedRows({ insights }: RequestTrace): ReadonlyMap<string, string> {
  return new Map(
    insights.flatMap(({ kind, statements }) =>
      statements.map((index) => [`sql-${index}`, FLAG_WORDS[kind].label] as const),
    ),
  );
}

function summaryOf({ durationMs, sql }: RequestTrace): string {
  const sqlMs = sql.reduce((sum, statement) => sum + statement.durationMs, 0);
  return `${formatMs(durationMs)} in all, ${formatMs(sqlMs)} of it in SQL`;
}
