import { useMemo } from 'react';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { count, formatMs } from '../../../shared/format.ts';
import { groupStatements, insightsOf } from '../statements.ts';
import classes from './sql-tab.module.css';
import { StatementCard } from './statement-card.tsx';

/** Every statement the request caused, the same ones together, those that something was noticed about first. */
export function SqlTab({ request }: { readonly request: RequestTrace }) {
  const { sql, spans, store, insights } = request;
  const requestId = request.origin === 'imported' ? null : request.requestId;
  const cards = useMemo(
    () => groupStatements(sql).map((group) => ({ group, noticed: insightsOf(group, insights) })),
    [sql, insights],
  );
  if (sql.length === 0) return <p className={classes.none}>This request asked no database.</p>;
  const marked = cards.filter(({ noticed }) => noticed.length > 0);
  const others = cards.filter(({ noticed }) => noticed.length === 0);
  const cardOf = ({ group, noticed }: (typeof cards)[number]) => (
    <StatementCard
      key={group.sql}
      requestId={requestId}
      group={group}
      insights={noticed}
      spans={spans}
      storeId={store?.id ?? null}
    />
  );
  return (
    <div>
      <p className={classes.summary}>{summaryOf(sql, cards.length)}</p>
      {marked.length > 0 ? (
        <>
          <h3 className={classes.groupTitle}>Worth a look</h3>
          <ol className={classes.list}>{marked.map(cardOf)}</ol>
          {others.length > 0 ? <h3 className={classes.groupTitle}>Everything else</h3> : null}
        </>
      ) : null}
      {others.length > 0 ? <ol className={classes.list}>{others.map(cardOf)}</ol> : null}
    </div>
  );
}

function summaryOf(sql: RequestTrace['sql'], distinct: number): string {
  const totalMs = sql.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const different = distinct === sql.length ? '' : `, ${distinct} different`;
  return `${count(sql.length, 'statement')}${different}, ${formatMs(totalMs)}`;
}
