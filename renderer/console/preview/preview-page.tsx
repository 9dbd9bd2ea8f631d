import { Button, SegmentedControl, Skeleton, Switch } from '@mantine/core';
import { IconEye, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { Page } from '../../shared/page.tsx';
import { EmptyState, ErrorState } from '../../shared/states.tsx';
import { useRead } from '../api/queries.ts';
import { Pane } from './pane.tsx';
import {
  addPane,
  changePane,
  type PreviewState,
  readPreview,
  removePane,
  setSame,
  writePreview,
} from './pane-state.ts';
import classes from './preview-page.module.css';

/** Stores as shoppers see them: two side by side, or one in every width. The address of the screen holds it all. */
export function PreviewPage() {
  const stores = useRead('listStores', {});
  if (stores.error && !stores.data) {
    return (
      <Page title="Preview">
        <ErrorState title="The stores could not be read" error={stores.error} onRetry={() => void stores.refetch()} />
      </Page>
    );
  }
  if (!stores.data) {
    return (
      <Page title="Preview" layout="fill" actions={<Skeleton width={320} height={30} />}>
        <div className={classes.panes} aria-hidden="true">
          <Skeleton className={classes.skeleton ?? ''} radius="lg" />
          <Skeleton className={classes.skeleton ?? ''} radius="lg" />
        </div>
      </Page>
    );
  }
  if (stores.data.stores.length === 0) return <NothingToShow />;
  return <Preview stores={stores.data.stores} />;
}

function Preview({ stores }: { readonly stores: readonly ListedStore[] }) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const codes = stores.map(({ code }) => code);
  const state = readPreview(params, codes);
  const show = (next: PreviewState) => void navigate({ search: writePreview(next) }, { replace: true });
  const isAll = state.view === 'widths';
  const panes = isAll ? state.panes.slice(0, 1) : state.panes;
  return (
    <Page
      title="Preview"
      layout="fill"
      actions={<PreviewActions state={state} onShow={show} onAdd={() => show(addPane(state, codes))} />}
    >
      <div className={classes.panes}>
        {panes.map((pane, index) => (
          <Pane
            // biome-ignore lint/suspicious/noArrayIndexKey: a pane is its place; what it shows changes
            key={index}
            pane={pane}
            name={panes.length === 1 ? 'Pane' : index === 0 ? 'Left pane' : 'Right pane'}
            stores={stores}
            showsAllWidths={isAll}
            onChange={(change) => show(changePane(state, index, change))}
            onRemove={panes.length > 1 ? () => show(removePane(state, index)) : null}
          />
        ))}
      </div>
    </Page>
  );
}

interface PreviewActionsProps {
  readonly state: PreviewState;
  readonly onShow: (state: PreviewState) => void;
  readonly onAdd: () => void;
}

function PreviewActions({ state, onShow, onAdd }: PreviewActionsProps) {
  const isAll = state.view === 'widths';
  return (
    <>
      {!isAll && state.panes.length > 1 ? (
        <Switch
          size="sm"
          label="Same page in both"
          checked={state.isSame}
          onChange={(event) => onShow(setSame(state, event.currentTarget.checked))}
        />
      ) : null}
      {!isAll && state.panes.length === 1 ? (
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={onAdd}>
          Add pane
        </Button>
      ) : null}
      <SegmentedControl
        size="xs"
        aria-label="View"
        data={[
          { value: 'panes', label: 'Side by side' },
          { value: 'widths', label: 'All widths' },
        ]}
        value={state.view}
        transitionDuration={0}
        onChange={(view) => onShow({ ...state, view: view === 'widths' ? 'widths' : 'panes' })}
      />
    </>
  );
}

function NothingToShow() {
  return (
    <Page title="Preview">
      <EmptyState
        icon={<IconEye size={24} />}
        title="No store to preview yet"
        action={
          <Button component={Link} to="/stores?create=1">
            Create store
          </Button>
        }
      >
        Here stores are shown as shoppers see them, on a phone, a tablet and a desktop, two side by side.
      </EmptyState>
    </Page>
  );
}
