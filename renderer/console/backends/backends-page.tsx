import { Button, Skeleton, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { BACKEND_IDS, type BackendId, type BackendOverview } from '../../../server/contract/backends.ts';
import { Page } from '../../shared/page.tsx';
import { ErrorState } from '../../shared/states.tsx';
import { useRead } from '../api/queries.ts';
import { BackendCard } from './backend-card.tsx';
import { isBackendId, nameOf } from './backend-facts.ts';
import classes from './backends-page.module.css';
import { ConnectionPanel } from './connection-panel.tsx';
import { DropDialog } from './drop-dialog.tsx';
import { GuardPanel } from './guard-panel.tsx';
import { HistoryTable } from './history-table.tsx';
import type { StoreColors } from './isolation-diagram.tsx';
import { tabTitle } from './switch/progress.ts';
import { ResultPanel } from './switch/result-panel.tsx';
import { SwitchDrawer } from './switch/switch-drawer.tsx';
import { SwitchPanel } from './switch/switch-panel.tsx';

const REFRESH_MS = 5000;
/** For a platform without three stores. */
const OTHER_COLORS = ['var(--accent-text)', 'var(--good)', 'var(--warn)'];

/** The five ways to keep stores apart, the one in force, and moving from one to another. */
export function BackendsPage() {
  const overview = useRead('backends', {}, { refetchMs: REFRESH_MS });
  if (overview.data) return <LoadedPage overview={overview.data} />;
  return (
    <Page title="Backends">
      {overview.error ? (
        <ErrorState
          title="The backends could not be read"
          error={overview.error}
          onRetry={() => void overview.refetch()}
        />
      ) : (
        <div className={classes.page} aria-hidden="true">
          <div className={classes.cards}>
            {BACKEND_IDS.map((id) => (
              <Skeleton key={id} className={classes.skeleton ?? ''} radius="lg" />
            ))}
          </div>
        </div>
      )}
    </Page>
  );
}

function LoadedPage({ overview }: { readonly overview: BackendOverview }) {
  const [params, setParams] = useSearchParams();
  const [droppedId, setDroppedId] = useState<BackendId | null>(null);
  const [putAway, setPutAway] = useLocalStorage({ key: 'orion-move-put-away', defaultValue: '' });
  const { data: list } = useRead('listStores', {});
  const { running, history } = overview;
  const latest = history[0];
  const asked = params.get('switch');
  const plan = (to: BackendId | null) => setParams(to ? { switch: to } : { switch: '' });
  const cardOf = (id: BackendId | null) => overview.backends.find((card) => card.id === id) ?? null;
  const keptFrom = latest ? cardOf(latest.from) : null;
  const colors = colorsOf((list?.stores ?? []).map(({ color }) => color));
  return (
    <Page
      title="Backends"
      tabTitle={tabTitle(running)}
      lead={<>In force: {nameOf(overview.current)}.</>}
      actions={
        <Button leftSection={<IconArrowsExchange size={16} />} disabled={running !== null} onClick={() => plan(null)}>
          Switch backend
        </Button>
      }
    >
      <div className={classes.page}>
        {running ? (
          <SwitchPanel status={running} />
        ) : latest && latest.id !== putAway ? (
          <ResultPanel
            status={latest}
            kept={keptFrom?.state === 'kept' ? keptFrom : undefined}
            onDrop={() => setDroppedId(latest.from)}
            onAgain={() => plan(latest.to)}
            onPutAway={() => setPutAway(latest.id)}
          />
        ) : null}
        <section aria-labelledby="five-heading">
          <Title order={2} id="five-heading" className={classes.hidden ?? ''}>
            The five backends
          </Title>
          <div className={classes.cards}>
            {overview.backends.map((card) => (
              <BackendCard
                key={card.id}
                card={card}
                colors={colors}
                isBusy={running !== null}
                onSwitch={() => plan(card.id)}
                onDrop={() => setDroppedId(card.id)}
              />
            ))}
          </div>
        </section>
        <div className={classes.columns}>
          <ConnectionPanel connection={overview.connection} />
          <GuardPanel guard={overview.guard} />
        </div>
        <HistoryTable history={history} />
      </div>
      <DropDialog card={cardOf(droppedId)} onClose={() => setDroppedId(null)} />
      <SwitchDrawer
        overview={overview}
        isOpen={asked !== null && running === null}
        initial={isBackendId(asked) ? asked : null}
        onClose={() => setParams({}, { replace: true })}
        onDrop={setDroppedId}
      />
    </Page>
  );
}

/** The colours of three stores: those there are, then others. */
function colorsOf(stores: readonly string[]): StoreColors {
  const [first = '', second = '', third = ''] = [...new Set(stores), ...OTHER_COLORS];
  return [first, second, third];
}
