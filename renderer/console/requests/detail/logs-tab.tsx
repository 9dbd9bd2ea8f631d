import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { LogRow } from '../logs/log-row.tsx';
import classes from '../logs/log-view.module.css';

/** The lines of the server's log that were written during the request. */
export function LogsTab({ request: { logs, startedAt } }: { readonly request: RequestTrace }) {
  if (logs.length === 0) return <p className={classes.none}>The server wrote no line during this request.</p>;
  return (
    <ol className={classes.lines} aria-label="Log lines of this request">
      {logs.map((line) => (
        <LogRow key={line.sequence} line={line} since={startedAt} />
      ))}
    </ol>
  );
}
