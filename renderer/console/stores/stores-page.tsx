import { Button } from '@mantine/core';
import { IconPlus, IconSearchOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { count } from '../../shared/format.ts';
import { isPlainKey } from '../../shared/keys.ts';
import { Page } from '../../shared/page.tsx';
import { EmptyState, ErrorState } from '../../shared/states.tsx';
import { useRead } from '../api/queries.ts';
import { NoStores } from '../overview/no-stores.tsx';
import { CreateDrawer } from './create/create-drawer.tsx';
import { DeletedStores } from './deleted/deleted-stores.tsx';
import { arrange, findDeleted, withTraffic } from './list/arrange.ts';
import { type ListView, readView, withView } from './list/list-view.ts';
import { StoresSkeleton } from './list/stores-skeleton.tsx';
import { StoresTable } from './list/stores-table.tsx';
import { StoresToolbar } from './list/stores-toolbar.tsx';
import { useTypedText } from './list/use-typed-text.ts';
import { useStoreActions } from './use-store-actions.ts';

const TRAFFIC_REFRESH_MS = 5000;

/** The stores: found, opened, changed, deleted and brought back. `?create=1` opens the form of a new one. */
export function StoresPage() {
  const [params, setParams] = useSearchParams();
  const stores = useRead('listStores', {});
  const deleted = useRead('listDeletedStores', {});
  const overview = useRead('overview', {}, { refetchMs: TRAFFIC_REFRESH_MS });
  const actions = useStoreActions();
  const address = readView(params);
  const change = (part: Partial<ListView>) => setParams((now) => withView(now, part), { replace: true });
  const [text, setText] = useTypedText(address.text, (typed) => change({ text: typed }));
  const view = { ...address, text };
  const setCreating = (isCreating: boolean) =>
    setParams((now) => withCreate(now, isCreating), { replace: !isCreating });
  useCreateKey(() => setCreating(true));

  const all = stores.data?.stores ?? [];
  const gone = deleted.data?.stores ?? [];
  const open = all.filter(({ isActive }) => isActive).length;
  const isDeletedView = view.state === 'deleted';
  const rows = isDeletedView ? [] : arrange(withTraffic(all, overview.data?.traffic ?? []), view);
  const goneRows = isDeletedView ? findDeleted(gone, view.text) : [];
  const isKnown = stores.data !== undefined && (!isDeletedView || deleted.data !== undefined);
  return (
    <Page
      title="Stores"
      layout="fill"
      lead={stores.data ? `${count(all.length, 'store')}, ${open} open` : ' '}
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)} aria-keyshortcuts="c">
          Create store
        </Button>
      }
    >
      <StoresToolbar
        view={view}
        onText={setText}
        onState={(state) => change({ state })}
        counts={stores.data ? { all: all.length, open, closed: all.length - open, deleted: gone.length } : null}
        found={isKnown ? rows.length + goneRows.length : null}
      />
      {isDeletedView ? (
        <DeletedStores query={deleted} stores={goneRows} actions={actions} />
      ) : stores.error && !stores.data ? (
        <ErrorState title="The stores could not be read" error={stores.error} onRetry={() => void stores.refetch()} />
      ) : !stores.data ? (
        <StoresSkeleton />
      ) : all.length === 0 ? (
        <NoStores />
      ) : rows.length === 0 ? (
        <NothingFound
          view={view}
          onClear={() => {
            setText('');
            change({ text: '', state: 'all' });
          }}
        />
      ) : (
        <StoresTable rows={rows} sort={view.sort} onSort={(sort) => change({ sort })} actions={actions} />
      )}
      <CreateDrawer isOpen={params.get('create') === '1'} onClose={() => setCreating(false)} />
    </Page>
  );
}

function NothingFound({ view, onClear }: { readonly view: ListView; readonly onClear: () => void }) {
  const which = view.state === 'all' ? 'store' : `${view.state} store`;
  return (
    <EmptyState
      icon={<IconSearchOff size={24} />}
      title={view.text.trim() === '' ? `No ${which}` : `No ${which} has this text`}
      action={
        <Button variant="default" onClick={onClear}>
          Clear filter
        </Button>
      }
    >
      Name, code and custom domains are looked at.
    </EmptyState>
  );
}

/** `c` opens the form of a new store. */
function useCreateKey(create: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || event.key !== 'c') return;
      event.preventDefault();
      create();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}

function withCreate(params: URLSearchParams, isCreating: boolean): URLSearchParams {
  const changed = new URLSearchParams(params);
  if (isCreating) changed.set('create', '1');
  else changed.delete('create');
  return changed;
}
