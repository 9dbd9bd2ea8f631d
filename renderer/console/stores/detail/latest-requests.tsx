import { Skeleton } from '@mantine/core';
import { useThrottledCallback } from '@mantine/hooks';
import { Link } from 'react-router';
import type { RequestSummary } from '../../../../server/contract/requests.ts';
import type { ListedStore } from '../../../../server/contract/stores.ts';
import { formatClock, formatMs } from '../../../shared/format.ts';
import { StateLabel, statusTone } from '../../../shared/state-label.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { useServerEvent } from '../../api/events.tsx';
import { useRead } from '../../api/queries.ts';
import classes from './latest-requests.module.css';

const LIMIT = 8;
const REFRESH_MS = 1000;

/** The last requests that reached the store, as they come in. */
export function LatestRequests({ store }: { readonly store: Pick<ListedStore, 'code' | 'name'> }) {
  const { data, error, refetch } = useRead('listRequests', {
    query: { store: store.code, limit: LIMIT, assets: 'hide', console: 'hide' },
  });
  const refresh = useThrottledCallback(() => void refetch(), REFRESH_MS);
  useServerEvent('requests', (requests) => {
    if (requests.some((request) => request.store?.code === store.code)) refresh();
  });
  if (error && !data)
    return <ErrorState title="The requests could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={36 * LIMIT} radius={0} />;
  if (data.requests.length === 0)
    return (
      <p className={classes.none}>
        None yet. Open the store, and each request shows up here with the reason why it reached {store.name}.
      </p>
    );
  return (
    <ul className={classes.list}>
      {data.requests.map((request) => (
        <RequestRow key={request.requestId} request={request} />
      ))}
    </ul>
  );
}

function RequestRow({ request }: { readonly request: RequestSummary }) {
  const { requestId, startedAt, method, status, host, path, durationMs } = request;
  return (
    <li>
      <Link to={`/requests/${requestId}`} className={classes.row}>
        <span className={classes.time}>{formatClock(startedAt).slice(0, 8)}</span>
        <span className={classes.method}>{method}</span>
        <span>
          <StateLabel tone={statusTone(status)}>{status ?? '…'}</StateLabel>
        </span>
        <code className={classes.path} title={`${host}${path}`}>
          <span>{host}</span>
          {path}
        </code>
        <span className={classes.duration}>{formatMs(durationMs)}</span>
      </Link>
    </li>
  );
}
