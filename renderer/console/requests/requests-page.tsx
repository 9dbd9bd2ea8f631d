import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { formatNumber } from '../../shared/format.ts';
import { Page } from '../../shared/page.tsx';
import { ErrorState } from '../../shared/states.tsx';
import { ClearRequests } from './clear-requests.tsx';
import { RequestDetail } from './detail/request-detail.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import { NoRequests } from './no-requests.tsx';
import { type FilterName, filterOf, withFilter, withoutFilters } from './request-filter.ts';
import { RequestList } from './request-list.tsx';
import classes from './requests-page.module.css';
import { useRequestList } from './use-request-list.ts';
import { useWidth } from './use-width.ts';

/** From here on the filters have their own column. */
const FILTERS_WIDTH = 1180;
/** Below this the detail takes the place of the list. */
const DETAIL_WIDTH = 1000;

/** Every recorded request, live, with filters; and one of them in detail. */
export function RequestsPage() {
  const { requestId = null } = useParams();
  const { filter, change, clear } = useFilter();
  const { open, close } = useOpenRequest();
  const [isPaused, setPaused] = useState(false);
  const [isAtRest, setAtRest] = useState(true);
  const rows = useRequestList(filter, isAtRest && !isPaused);
  const area = useRef<HTMLDivElement>(null);
  const width = useWidth(area);
  const panel = <FilterPanel filter={filter} onChange={change} onClear={clear} isInPopover={width < FILTERS_WIDTH} />;
  const replacesList = requestId !== null && width < DETAIL_WIDTH;
  return (
    <Page
      title="Requests"
      layout="fill"
      lead={leadOf(rows.kept)}
      actions={
        <>
          <Button
            variant="default"
            leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={() => setPaused(!isPaused)}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
          <ClearRequests isDisabled={!rows.kept || rows.kept.requests === 0} />
        </>
      }
    >
      <div className={classes.screen} ref={area} data-filters={width >= FILTERS_WIDTH}>
        {width >= FILTERS_WIDTH ? (
          <aside className={classes.filters} aria-label="Filters">
            {panel}
          </aside>
        ) : null}
        <div className={classes.panes}>
          <section className={classes.list} inert={replacesList} aria-label="List of requests">
            <ListToolbar
              filter={filter}
              onChange={change}
              found={rows.isLoading || rows.error ? null : rows.count}
              isRefreshing={rows.isRefreshing}
              panel={width < FILTERS_WIDTH ? panel : null}
            />
            {rows.error ? (
              <ErrorState title="The requests could not be read" error={rows.error} onRetry={rows.retry} />
            ) : rows.count === 0 && !rows.isLoading && rows.waiting === 0 ? (
              <NoRequests filter={filter} kept={rows.kept} onClear={clear} />
            ) : (
              <RequestList rows={rows} openId={requestId} onOpen={open} onClose={close} onAtRest={setAtRest} />
            )}
          </section>
          {requestId === null ? null : (
            <section className={classes.detail} data-replaces={replacesList} aria-label="Request">
              <RequestDetail requestId={requestId} onClose={close} replacesList={replacesList} />
            </section>
          )}
        </div>
      </div>
    </Page>
  );
}

function leadOf(kept: { readonly requests: number; readonly maxRequests: number } | null): string {
  if (!kept) return ' ';
  if (kept.maxRequests === 0) return 'Recording is off';
  return `${formatNumber(kept.requests)} recorded, the newest ${formatNumber(kept.maxRequests)} are kept`;
}

/** The filter lives in the address, so that a link shows the same list. It acts at once; the address follows. */
function useFilter() {
  const [params, setParams] = useSearchParams();
  const [shown, setShown] = useState(params);
  const [known, setKnown] = useState(params);
  // The address may change by itself, as by the browser's back button.
  if (params !== known) {
    setKnown(params);
    if (`${params}` !== `${shown}`) setShown(params);
  }
  const latest = useRef({ shown, setParams });
  useEffect(() => {
    latest.current = { shown, setParams };
  }, [shown, setParams]);
  const show = useCallback((next: URLSearchParams) => {
    latest.current.shown = next;
    setShown(next);
    latest.current.setParams(next, { replace: true });
  }, []);
  return {
    filter: useMemo(() => filterOf(shown), [shown]),
    // Both stay the same functions, so that the filters are drawn only when one of them changes.
    change: useCallback(
      (name: FilterName, value: string | undefined) => show(withFilter(latest.current.shown, name, value)),
      [show],
    ),
    clear: useCallback(() => show(withoutFilters(latest.current.shown)), [show]),
  };
}

/** The open request lives in the address as well. */
function useOpenRequest() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const search = params.size > 0 ? `?${params}` : '';
  return {
    open: useCallback(
      (requestId: string, replace: boolean) =>
        void navigate({ pathname: `/requests/${encodeURIComponent(requestId)}`, search }, { replace }),
      [navigate, search],
    ),
    close: useCallback(() => void navigate({ pathname: '/requests', search }), [navigate, search]),
  };
}
