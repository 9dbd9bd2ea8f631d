import { Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import { count } from '../../../shared/format.ts';
import { Panel } from '../../../shared/panel.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { requestsLink } from '../store-links.ts';
import { LimitRow } from './limit-row.tsx';
import { shownLimits } from './limits.ts';
import classes from './limits-tab.module.css';

const REFRESH_MS = 5000;

/** What the store may use and what it uses right now; each limit can be changed where it stands. */
export function LimitsTab({ code }: { readonly code: string }) {
  const limits = useRead('storeLimits', { params: { code } }, { refetchMs: REFRESH_MS });
  const refused = useRead('listRequests', { query: { store: code, status: '429', limit: 1 } });
  if (limits.error && !limits.data)
    return (
      <ErrorState title="The limits could not be read" error={limits.error} onRetry={() => void limits.refetch()} />
    );
  const total = refused.data?.total ?? 0;
  return (
    <div className={classes.tab}>
      <Panel
        title="Limits"
        more={
          refused.data ? (
            total === 0 ? (
              <span className={classes.muted}>No recorded request was refused with 429.</span>
            ) : (
              <Link to={`${requestsLink(code)}&status=429`}>{count(total, 'recorded request')} refused with 429</Link>
            )
          ) : null
        }
      >
        {limits.data ? (
          <ul className={classes.list}>
            {shownLimits(limits.data).map((limit) => (
              <LimitRow key={limit.name} code={code} limit={limit} />
            ))}
          </ul>
        ) : (
          <Skeleton height={4 * 73} radius={0} />
        )}
      </Panel>
      <p className={classes.muted}>A change counts from the next request on. The other stores keep theirs.</p>
    </div>
  );
}
