import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Resolution } from '../../../server/contract/requests.ts';
import { formatClock } from '../../shared/format.ts';
import { useServerEvent } from '../api/events.tsx';
import { useRead } from '../api/queries.ts';
import { differences } from './compare.ts';
import classes from './latest-request.module.css';
import { isSameRequest, sameRequestsQuery, type WhatIf } from './what-if.ts';

interface LatestRequestProps {
  readonly asked: WhatIf;
  readonly resolution: Resolution;
}

/** Whether the latest real request to the same address was decided as the answer says. */
export function LatestRequest({ asked, resolution }: LatestRequestProps) {
  const query = sameRequestsQuery(asked);
  const recorded = useRead('listRequests', { query: query ?? {} }, { isEnabled: query !== null });
  useServerEvent('requests', (requests) => {
    if (query && requests.some((request) => isSameRequest(asked, request))) void recorded.refetch();
  });
  if (query === null || recorded.error) return null;
  const request = recorded.data?.requests.find((one) => isSameRequest(asked, one));
  if (!request) {
    return (
      <p className={classes.line}>{recorded.data ? 'No request to exactly this address is recorded yet.' : '\u00a0'}</p>
    );
  }
  const found = differences(resolution, request);
  const link = (
    <Link to={`/requests/${request.requestId}`}>
      the request of{' '}
      <time dateTime={new Date(request.startedAt).toISOString()}>{formatClock(request.startedAt).slice(0, 8)}</time>
    </Link>
  );
  if (found.length === 0) {
    return (
      <p className={classes.line} data-tone="good">
        <IconCircleCheck size={16} aria-hidden="true" />
        <span>Same as {link}.</span>
      </p>
    );
  }
  return (
    <p className={classes.line} data-tone="warn">
      <IconInfoCircle size={16} aria-hidden="true" />
      <span>
        Differs from {link}: {found.join('; ')}.
      </span>
    </p>
  );
}
