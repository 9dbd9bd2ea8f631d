import { Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { StoreDetail } from '../../../server/contract/stores.ts';
import { Page } from '../../shared/page.tsx';
import { ErrorState } from '../../shared/states.tsx';
import { ProblemError } from '../api/problem.ts';
import { useRead } from '../api/queries.ts';
import { OverviewTab } from './detail/overview-tab.tsx';
import { SettingsTab } from './detail/settings-tab.tsx';
import { StoreHeader } from './detail/store-header.tsx';
import { StoreSkeleton } from './detail/store-skeleton.tsx';
import { UnknownStore } from './detail/unknown-store.tsx';
import classes from './store-page.module.css';
import { useStoreActions } from './use-store-actions.ts';

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
  const tab = params.get('tab') === 'settings' ? 'settings' : 'overview';
  const show = (next: string | null) => setParams(next === 'settings' ? { tab: 'settings' } : {}, { replace: true });
  const remove = async () => {
    if (await actions.delete(store)) await navigate('/stores');
  };
  return (
    <Page title={store.name} header={<StoreHeader store={store} actions={actions} onDelete={() => void remove()} />}>
      <Tabs value={tab} onChange={show} keepMounted>
        <Tabs.List className={classes.tabs ?? ''}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <OverviewTab store={store} onRetry={onRetry} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsTab store={store} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
