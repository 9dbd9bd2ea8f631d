import { Button, SegmentedControl } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { formatNumber } from '../../shared/format.ts';
import { Page } from '../../shared/page.tsx';
import { ClearRequests } from './clear-requests.tsx';
import { LogView } from './logs/log-view.tsx';
import { RecordingButton } from './record/recording-button.tsx';
import classes from './requests-page.module.css';
import { RequestsScreen } from './requests-screen.tsx';
import { useFilter } from './use-filter.ts';
import { useRequestList } from './use-request-list.ts';

/** Every recorded request, live, with filters, and one of them in detail; or the server's log. */
export function RequestsPage() {
  const filtering = useFilter();
  const { isLog, show } = useView();
  const [isPaused, setPaused] = useState(false);
  const [isAtRest, setAtRest] = useState(true);
  const rows = useRequestList(filtering.filter, isAtRest && !isPaused);
  return (
    <Page
      title="Requests"
      layout="fill"
      lead={leadOf(rows.kept)}
      actions={
        <>
          <SegmentedControl
            aria-label="What is shown"
            value={isLog ? 'log' : 'requests'}
            onChange={show}
            data={[
              { value: 'requests', label: 'Requests' },
              { value: 'log', label: 'Log' },
            ]}
          />
          <Button
            variant="default"
            leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={() => setPaused(!isPaused)}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
          <RecordingButton kept={rows.kept} />
          <span className={classes.wideOnly}>
            <ClearRequests isDisabled={!rows.kept || rows.kept.requests === 0} />
          </span>
        </>
      }
    >
      {isLog ? (
        <LogView isPaused={isPaused} />
      ) : (
        <RequestsScreen rows={rows} filtering={filtering} onAtRest={setAtRest} />
      )}
    </Page>
  );
}

function leadOf(kept: { readonly requests: number; readonly maxRequests: number } | null): string {
  if (!kept) return ' ';
  if (kept.maxRequests === 0) return 'Recording is off';
  return `${formatNumber(kept.requests)} recorded, the newest ${formatNumber(kept.maxRequests)} are kept`;
}

/** The log in place of the requests stands in the address. */
function useView() {
  const [params, setParams] = useSearchParams();
  return {
    isLog: params.get('view') === 'log',
    show: (view: string) =>
      setParams((now) => {
        const changed = new URLSearchParams(now);
        if (view === 'log') changed.set('view', 'log');
        else changed.delete('view');
        return changed;
      }),
  };
}
