import { Loader, Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { TabList } from '../../../shared/tab-list.tsx';
import { ErrorTab } from './error-tab.tsx';
import { LogsTab } from './logs-tab.tsx';
import { RequestTab, ResponseTab } from './message-tabs.tsx';
import classes from './request-detail.module.css';
import { SqlTab } from './sql-tab.tsx';
import { TimelineTab } from './timeline-tab.tsx';
import { WhyTab } from './why-tab.tsx';

/** The drawing brings a library along that no other part needs. */
const FlowTab = lazy(async () => ({ default: (await import('../flow/flow-tab.tsx')).FlowTab }));

export const TABS = ['why', 'flow', 'timeline', 'sql', 'request', 'response', 'logs', 'error'] as const;
export type DetailTab = (typeof TABS)[number];

/** Everything that was recorded, a tab for each question; the tab stands in the address. */
export function DetailTabs({ request }: { readonly request: RequestTrace }) {
  const { tab, show } = useTab(request);
  return (
    <Tabs value={tab} onChange={show} className={classes.tabs} keepMounted={false}>
      <TabList value={tab} className={classes.tabList}>
        <Tabs.Tab value="why">Why</Tabs.Tab>
        <Tabs.Tab value="flow">Flow</Tabs.Tab>
        <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
        <Tabs.Tab value="sql">
          SQL <Count number={request.sql.length} isMarked={request.insights.some(({ kind }) => kind !== 'slow')} />
        </Tabs.Tab>
        <Tabs.Tab value="request">Request</Tabs.Tab>
        <Tabs.Tab value="response">Response</Tabs.Tab>
        <Tabs.Tab value="logs">
          Logs <Count number={request.logs.length} isMarked={request.logs.some(({ level }) => level === 'error')} />
        </Tabs.Tab>
        {request.error ? <Tabs.Tab value="error">Error</Tabs.Tab> : null}
      </TabList>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable with the keyboard. */}
      <section className={classes.panel} tabIndex={0} aria-label="Recorded details" key={request.requestId}>
        <Tabs.Panel value={tab} className={classes.tabPanel}>
          <Suspense fallback={<Loader size={20} className={classes.loader ?? ''} />}>
            <TabContent tab={tab} request={request} onShow={show} />
          </Suspense>
        </Tabs.Panel>
      </section>
    </Tabs>
  );
}

interface TabContentProps {
  readonly tab: DetailTab;
  readonly request: RequestTrace;
  readonly onShow: (tab: DetailTab) => void;
}

function TabContent({ tab, request, onShow }: TabContentProps) {
  switch (tab) {
    case 'flow':
      return <FlowTab request={request} onShow={onShow} />;
    case 'timeline':
      return <TimelineTab request={request} />;
    case 'sql':
      return <SqlTab request={request} />;
    case 'request':
      return <RequestTab request={request} />;
    case 'response':
      return <ResponseTab request={request} />;
    case 'logs':
      return <LogsTab request={request} />;
    case 'error':
      return request.error ? <ErrorTab error={request.error} /> : null;
    default:
      return <WhyTab request={request} />;
  }
}

function Count({ number, isMarked }: { readonly number: number; readonly isMarked: boolean }) {
  return (
    <span className={classes.count} data-marked={isMarked}>
      {number}
    </span>
  );
}

function useTab(request: RequestTrace) {
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
  return { tab, show };
}
