import { Button, Skeleton, Tabs } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { ProblemError } from '../../api/problem.ts';
import { useRead } from '../../api/queries.ts';
import { DetailHeader } from './detail-header.tsx';
import { ErrorTab } from './error-tab.tsx';
import { RequestTab, ResponseTab } from './message-tabs.tsx';
import classes from './request-detail.module.css';
import { SqlTab } from './sql-tab.tsx';
import { TimelineTab } from './timeline-tab.tsx';
import { WhyTab } from './why-tab.tsx';

interface RequestDetailProps {
  readonly requestId: string;
  readonly onClose: () => void;
  /** True where the list is hidden meanwhile: then there is a way back instead of a cross. */
  readonly replacesList: boolean;
}

/** One request with everything that was recorded of it. */
export function RequestDetail({ requestId, onClose, replacesList }: RequestDetailProps) {
  const { data, error, isPlaceholderData, refetch } = useRead(
    'getRequest',
    { params: { id: requestId } },
    { keepsPrevious: true },
  );
  if (error) return <DetailFailure error={error} onClose={onClose} onRetry={() => void refetch()} />;
  if (!data) return <DetailSkeleton />;
  return (
    <div className={classes.detail} data-stale={isPlaceholderData} aria-busy={isPlaceholderData}>
      <DetailHeader request={data} onClose={onClose} replacesList={replacesList} />
      <DetailTabs request={data} />
    </div>
  );
}

const TABS = ['why', 'timeline', 'sql', 'request', 'response', 'error'] as const;

function DetailTabs({ request }: { readonly request: RequestTrace }) {
  const [params, setParams] = useSearchParams();
  const shown = TABS.filter((tab) => tab !== 'error' || request.error);
  const tab = shown.find((name) => name === params.get('tab')) ?? 'why';
  const show = (name: string | null) =>
    setParams(
      (now) => {
        const changed = new URLSearchParams(now);
        if (name === null || name === 'why') changed.delete('tab');
        else changed.set('tab', name);
        return changed;
      },
      { replace: true },
    );
  return (
    <Tabs value={tab} onChange={show} className={classes.tabs} keepMounted={false}>
      <Tabs.List className={classes.tabList}>
        <Tabs.Tab value="why">Why</Tabs.Tab>
        <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
        <Tabs.Tab value="sql">
          SQL <span className={classes.count}>{request.sql.length}</span>
        </Tabs.Tab>
        <Tabs.Tab value="request">Request</Tabs.Tab>
        <Tabs.Tab value="response">Response</Tabs.Tab>
        {request.error ? <Tabs.Tab value="error">Error</Tabs.Tab> : null}
      </Tabs.List>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable with the keyboard. */}
      <section className={classes.panel} tabIndex={0} aria-label="Recorded details" key={request.requestId}>
        <Tabs.Panel value="why">
          <WhyTab request={request} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <TimelineTab request={request} />
        </Tabs.Panel>
        <Tabs.Panel value="sql">
          <SqlTab request={request} />
        </Tabs.Panel>
        <Tabs.Panel value="request">
          <RequestTab request={request} />
        </Tabs.Panel>
        <Tabs.Panel value="response">
          <ResponseTab request={request} />
        </Tabs.Panel>
        {request.error ? (
          <Tabs.Panel value="error">
            <ErrorTab error={request.error} />
          </Tabs.Panel>
        ) : null}
      </section>
    </Tabs>
  );
}

interface DetailFailureProps {
  readonly error: Error;
  readonly onClose: () => void;
  readonly onRetry: () => void;
}

/** A request whose details are not there: forgotten, dropped for room, or the server does not answer. */
function DetailFailure({ error, onClose, onRetry }: DetailFailureProps) {
  if (!(error instanceof ProblemError) || error.status !== 404)
    return <ErrorState title="The request could not be read" error={error} onRetry={onRetry} />;
  const isDropped = error.code === 'request_details_dropped';
  return (
    <EmptyState
      icon={<IconUnlink size={24} />}
      title={isDropped ? 'Its details were dropped' : 'This request is not recorded any more'}
      action={
        <Button variant="default" onClick={onClose}>
          Back to the list
        </Button>
      }
    >
      {isDropped
        ? error.message
        : 'It was cleared, the server was started anew, or newer requests took its place. To keep more of them, start the server with a larger --trace-requests (ORION_TRACE_REQUESTS).'}
    </EmptyState>
  );
}

function DetailSkeleton() {
  return (
    <div className={classes.detail} aria-busy="true">
      <div className={classes.header}>
        <Skeleton height={24} width="60%" />
        <Skeleton height={16} width="80%" mt={8} />
        <Skeleton height={30} width={280} mt={12} />
      </div>
      <div className={classes.skeleton}>
        {Array.from({ length: 5 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else.
          <Skeleton key={index} height={64} mt={12} />
        ))}
      </div>
    </div>
  );
}
