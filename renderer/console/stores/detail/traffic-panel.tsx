import { Link } from 'react-router';
import type { ListedStore } from '../../../../server/contract/stores.ts';
import { count, formatAgo } from '../../../shared/format.ts';
import { Sparkline } from '../../../shared/sparkline.tsx';
import { useNow } from '../../../shared/use-now.ts';
import { useRead } from '../../api/queries.ts';
import classes from './traffic-panel.module.css';

const REFRESH_MS = 5000;
const NO_TRAFFIC = Array.from({ length: 24 }, () => 0);

/** What the store was asked in the last two minutes. */
export function TrafficPanel({ store }: { readonly store: Pick<ListedStore, 'code'> }) {
  const { data } = useRead('overview', {}, { refetchMs: REFRESH_MS });
  const now = useNow();
  const traffic = data?.traffic.find(({ code }) => code === store.code);
  const { requestsPerMinute = 0, errorsPerMinute = 0, series = NO_TRAFFIC, lastRequestAt, lastError } = traffic ?? {};
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <span className={classes.rate}>{count(requestsPerMinute, 'request')} / min</span>
        <span className={classes.muted}>{lastRequestAt ? formatAgo(lastRequestAt, now) : 'none since the start'}</span>
      </div>
      <Sparkline values={series} label="Requests of the last two minutes" width={302} height={40} />
      {lastError ? (
        <Link to={`/requests/${lastError.requestId}`} className={classes.error}>
          <span className="clip">
            {lastError.status} {lastError.method} {lastError.path}
          </span>
          <span>{formatAgo(lastError.startedAt, now)}</span>
        </Link>
      ) : (
        <span className={classes.muted}>{errorsPerMinute > 0 ? count(errorsPerMinute, 'error') : 'No errors'}</span>
      )}
    </div>
  );
}
