import { Button, Skeleton, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { count } from '../../shared/format.ts';
import { Page } from '../../shared/page.tsx';
import { ErrorState } from '../../shared/states.tsx';
import { useRead } from '../api/queries.ts';
import { ChecklistCard } from './checklist-card.tsx';
import { HealthLine } from './health-line.tsx';
import { NoStores } from './no-stores.tsx';
import classes from './overview-page.module.css';
import { StoreCard } from './store-card.tsx';
import { TrafficStrip } from './traffic-strip.tsx';

const REFRESH_MS = 5000;
/** Each card shows a live page: as many as one takes in at a glance. */
const MAX_CARDS = 12;

/** The first screen: whether all is well, the first steps, the stores, and what they are asked right now. */
export function OverviewPage() {
  const overview = useRead('overview', {}, { refetchMs: REFRESH_MS });
  const stores = useRead('listStores', {});
  const create = (
    <Button component={Link} to="/stores?create=1" leftSection={<IconPlus size={16} />}>
      Create store
    </Button>
  );
  if (overview.error && !overview.data) {
    return (
      <Page title="Overview">
        <ErrorState
          title="The overview could not be read"
          error={overview.error}
          onRetry={() => void overview.refetch()}
        />
      </Page>
    );
  }
  const all = stores.data?.stores ?? [];
  const traffic = overview.data?.traffic ?? [];
  const trafficOf = (code: string) => traffic.find((one) => one.code === code);
  return (
    <Page title="Overview" lead={<HealthLine overview={overview.data} />} actions={create}>
      {overview.data ? <ChecklistCard checklist={overview.data.checklist} firstStore={all[0]} /> : null}
      <section aria-labelledby="stores-heading">
        <div className={classes.heading}>
          <Title order={2} id="stores-heading">
            Stores
          </Title>
          {all.length > 0 ? (
            <Link to="/stores">{all.length > MAX_CARDS ? `All ${all.length} stores` : 'As a table'}</Link>
          ) : null}
        </div>
        {stores.error ? (
          <ErrorState title="The stores could not be read" error={stores.error} onRetry={() => void stores.refetch()} />
        ) : stores.isPending ? (
          <CardSkeletons />
        ) : all.length === 0 ? (
          <NoStores />
        ) : (
          <ul className={classes.cards}>
            {all.slice(0, MAX_CARDS).map((store) => (
              <li key={store.id}>
                <StoreCard store={store} traffic={trafficOf(store.code)} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {overview.data && all.length > 0 ? (
        <section aria-labelledby="traffic-heading" className={classes.traffic}>
          <div className={classes.heading}>
            <Title order={2} id="traffic-heading">
              Live traffic
            </Title>
            <Link to="/requests">All requests</Link>
          </div>
          <TrafficStrip traffic={traffic} stores={all} />
        </section>
      ) : null}
      <p className={classes.foot}>
        {overview.data
          ? `${count(overview.data.server.requestsKept, 'request')} recorded · Orion Studio ${overview.data.server.version} · data in `
          : ' '}
        {overview.data ? <code className="mono">{overview.data.server.dataDir}</code> : null}
      </p>
    </Page>
  );
}

function CardSkeletons() {
  return (
    <ul className={classes.cards} aria-hidden="true">
      {[1, 2, 3].map((card) => (
        <li key={card}>
          <Skeleton height={286} radius="lg" />
        </li>
      ))}
    </ul>
  );
}
