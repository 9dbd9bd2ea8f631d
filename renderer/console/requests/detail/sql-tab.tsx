import { useMemo } from 'react';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { count, formatMs } from '../../../shared/format.ts';
import { groupStatements } from '../statements.ts';
import classes from './sql-tab.module.css';
import { StatementCard } from './statement-card.tsx';

/** Every statement the request caused, the same ones together. */
export function SqlTab({ request }: { readonly request: RequestTrace }) {
  const { sql, spans, store } = request;
  const groups = useMemo(() => groupStatements(sql), [sql]);
  if (sql.length === 0) return <p className={classes.none}>This request asked no database.</p>;
  return (
    <div>
      <p className={classes.summary}>{summaryOf(sql, groups.length)}</p>
      <ol className={classes.list}>
        {groups.map((group) => (
          <StatementCard key={group.sql} group={group} spans={spans} storeId={store?.id ?? null} />
        ))}
      </ol>
    </div>
  );
}

function summaryOf(sql: RequestTrace['sql'], distinct: number): string {
  const totalMs = sql.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const different = distinct === sql.length ? '' : `, ${distinct} different`;
  return `${count(sql.length, 'statement')}${different}, ${formatMs(totalMs)}`;
}
