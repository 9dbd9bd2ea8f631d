import { Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { StoreDetail } from '../../../server/contract/stores.ts';
import { Page } from '../../shared/page.tsx';
import { ErrorState } from '../../shared/states.tsx';
import { TabList } from '../../shared/tab-list.tsx';
import { ProblemError } from '../api/problem.ts';
import { useRead } from '../api/queries.ts';
import { DataTab } from './data/data-tab.tsx';
import { OverviewTab } from './detail/overview-tab.tsx';
import { SettingsTab } from './detail/settings-tab.tsx';
import { StoreHeader } from './detail/store-header.tsx';
import { StoreSkeleton } from './detail/store-skeleton.tsx';
import { UnknownStore } from './detail/unknown-store.tsx';
import { DomainsTab } from './domains/domains-tab.tsx';
import { LimitsTab } from './limits/limits-tab.tsx';
import classes from './store-page.module.css';
import { useStoreActions } from './use-store-actions.ts';

const TABS = ['overview', 'domains', 'data', 'limits', 'settings'] as const;

/** A store's own page: where it answers and why, what is in it, what it was asked, and its settings. */
export function StorePage() {
  const { code = '' } = useParams();
  const store = useRead('getStore', { params: { code } });
  if (store.error instanceof ProblemError && store.error.status === 404) return <UnknownStore code={code} />;
  if (store.error && !store.data)
    return (
      <Page title={code}>
        <ErrorState title="The store could not be read" error={store.error} onRetry={() => void store.refetch()} />
      </Page>
    );
  if (!store.data) return <StoreSkeleton title={code} />;
  // Another store is another page: nothing typed for one may show up at the other.
  return <LoadedStore key={store.data.id} store={store.data} onRetry={() => void store.refetch()} />;
}

function LoadedStore({ store, onRetry }: { readonly store: StoreDetail; readonly onRetry: () => void }) {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const actions = useStoreActions();
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'overview';
  const show = (next: string | null) =>
    setParams(next === null || next === 'overview' ? {} : { tab: next }, { replace: true });
  const remove = async () => {
    if (await actions.delete(store)) await navigate('/stores');
  };
  return (
    <Page title={store.name} header={<StoreHeader store={store} actions={actions} onDelete={() => void remove()} />}>
      <Tabs value={tab} onChange={show} keepMounted>
        <TabList value={tab} className={classes.tabs}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="domains">Domains</Tabs.Tab>
          <Tabs.Tab value="data">Data</Tabs.Tab>
          <Tabs.Tab value="limits">Limits</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </TabList>
        <Tabs.Panel value="overview">
          <OverviewTab store={store} onRetry={onRetry} />
        </Tabs.Panel>
        <Tabs.Panel value="domains">{tab === 'domains' ? <DomainsTab store={store} /> : null}</Tabs.Panel>
        {/* Read only when they are looked at: counting rows is work for the server. */}
        <Tabs.Panel value="data">{tab === 'data' ? <DataTab code={store.code} /> : null}</Tabs.Panel>
        <Tabs.Panel value="limits">{tab === 'limits' ? <LimitsTab code={store.code} /> : null}</Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsTab store={store} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
