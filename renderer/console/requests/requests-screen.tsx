import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { ErrorState } from '../../shared/states.tsx';
import { ActiveFilters } from './active-filters.tsx';
import { CompareView } from './compare/compare-view.tsx';
import { RequestDetail } from './detail/request-detail.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { HarDrop } from './har/har-drop.tsx';
import { useHarImport } from './har/use-har-import.ts';
import { ListToolbar } from './list-toolbar.tsx';
import { NoRequests } from './no-requests.tsx';
import { PaneSplitter, useDetailShare } from './pane-splitter.tsx';
import { RequestList } from './request-list.tsx';
import classes from './requests-page.module.css';
import { EditDrawer } from './resend/edit-drawer.tsx';
import { useResend } from './resend/use-resend.ts';
import { useCopyRequest } from './use-copy-request.ts';
import type { useFilter } from './use-filter.ts';
import type { RowAction } from './use-list-keys.ts';
import { useOpenRequest } from './use-open-request.ts';
import type { RequestRows } from './use-request-list.ts';
import { useWidth } from './use-width.ts';

/** From here on the filters have their own column. */
const FILTERS_WIDTH = 1180;
/** Below this the detail takes the place of the list. */
const DETAIL_WIDTH = 1000;

interface RequestsScreenProps {
  readonly rows: RequestRows;
  readonly filtering: ReturnType<typeof useFilter>;
  readonly onAtRest: (isAtRest: boolean) => void;
}

/** Filters, the list, and one request in detail or two side by side. */
export function RequestsScreen({ rows, filtering, onAtRest }: RequestsScreenProps) {
  const { requestId = null } = useParams();
  const opening = useOpenRequest();
  const acting = useActions();
  const area = useRef<HTMLDivElement>(null);
  const width = useWidth(area);
  const panes = useRef<HTMLDivElement>(null);
  const [share, setShare] = useDetailShare();
  const isComparing = requestId !== null && opening.compared !== null;
  // Two requests need the whole width.
  const isWide = width >= FILTERS_WIDTH && !isComparing;
  const { filter, last, change } = filtering;
  const panel = <FilterPanel filter={filter} last={last} onChange={change} isInPopover={!isWide} />;
  const replacesList = requestId !== null && (width < DETAIL_WIDTH || isComparing);
  return (
    <div className={classes.screen} ref={area} data-filters={isWide}>
      {isWide ? (
        <aside className={classes.filters} aria-label="Filters">
          {panel}
        </aside>
      ) : null}
      <div className={classes.panes} ref={panes}>
        <section className={classes.list} inert={replacesList} aria-label="List of requests">
          <ListPane
            rows={rows}
            filtering={filtering}
            panel={isWide ? null : panel}
            opening={opening}
            requestId={requestId}
            onAct={acting.act}
            onAtRest={onAtRest}
          />
        </section>
        {requestId === null || replacesList ? null : <PaneSplitter panes={panes} share={share} onChange={setShare} />}
        {requestId === null ? null : (
          <section
            className={classes.detail}
            data-replaces={replacesList}
            style={replacesList ? undefined : { width: `${share}%` }}
            aria-label={isComparing ? 'Two requests' : 'Request'}
          >
            {opening.compared === null ? (
              <RequestDetail
                requestId={requestId}
                onClose={opening.close}
                onEdit={acting.edit}
                onMark={opening.mark}
                replacesList={replacesList}
              />
            ) : (
              <CompareView left={requestId} right={opening.compared} />
            )}
          </section>
        )}
      </div>
      <EditDrawer requestId={acting.editing} onClose={acting.stopEditing} />
    </div>
  );
}

interface ListPaneProps extends RequestsScreenProps {
  readonly panel: ReactNode;
  readonly opening: ReturnType<typeof useOpenRequest>;
  readonly requestId: string | null;
  readonly onAct: (action: RowAction, requestId: string) => void;
}

function ListPane({ rows, filtering, panel, opening, requestId, onAct, onAtRest }: ListPaneProps) {
  const { filter, query, params, change, clear, pick } = filtering;
  const har = useHarImport(() => pick('origin=imported&assets=show&console=show'));
  return (
    <>
      <ListToolbar
        filter={filter}
        query={query}
        onChange={change}
        onPick={pick}
        onImport={har.start}
        found={rows.isLoading || rows.error ? null : rows.count}
        isRefreshing={rows.isRefreshing}
        panel={panel}
      />
      <ActiveFilters filter={filter} params={params} onChange={change} onClear={clear} />
      {opening.marked === null ? null : <MarkedBar onCancel={() => opening.mark(null)} />}
      <HarDrop state={har.state} onFile={har.start} onDismiss={har.dismiss}>
        {rows.error ? (
          <ErrorState title="The requests could not be read" error={rows.error} onRetry={rows.retry} />
        ) : rows.count === 0 && !rows.isLoading && rows.waiting === 0 ? (
          <NoRequests filter={filter} kept={rows.kept} onClear={clear} />
        ) : (
          <RequestList
            rows={rows}
            openId={requestId}
            onOpen={opening.open}
            onClose={opening.close}
            onAct={onAct}
            onAtRest={onAtRest}
          />
        )}
      </HarDrop>
    </>
  );
}

/** One request is chosen for a comparison, and the other one is not yet. */
function MarkedBar({ onCancel }: { readonly onCancel: () => void }) {
  return (
    <div className={classes.marked} role="status">
      <IconArrowsDiff size={16} aria-hidden="true" />
      <span>Choose the request to compare with.</span>
      <Button variant="subtle" size="compact-xs" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

/** What the keys of the list do beside opening. */
function useActions() {
  const [editing, setEditing] = useState<string | null>(null);
  const resend = useResend({ tells: true });
  const copy = useCopyRequest();
  return {
    editing,
    edit: setEditing,
    stopEditing: () => setEditing(null),
    act: (action: RowAction, requestId: string) => {
      if (action === 'edit') setEditing(requestId);
      else if (action === 'copy') void copy(requestId, 'curl');
      else if (!resend.isPending) resend.mutate({ requestId, changes: {} });
    },
  };
}
