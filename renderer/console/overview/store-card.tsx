import { ActionIcon, Tooltip } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ListedStore, StoreTraffic } from '../../../server/contract/stores.ts';
import { count, formatAgo } from '../../shared/format.ts';
import { StateLabel } from '../../shared/state-label.tsx';
import { StoreBadge } from '../../shared/store-badge.tsx';
import { useNow } from '../../shared/use-now.ts';
import { StoreThumbnail } from '../stores/store-thumbnail.tsx';
import classes from './store-card.module.css';

interface StoreCardProps {
  readonly store: ListedStore;
  readonly traffic: StoreTraffic | undefined;
}

/** A store at a glance: its home page, its name and host, and what it is asked. */
export function StoreCard({ store, traffic }: StoreCardProps) {
  const now = useNow();
  const lastError = traffic?.lastError;
  return (
    <article className={classes.card} aria-label={store.name}>
      <div className={classes.picture}>
        <StoreThumbnail store={store} />
      </div>
      <div className={classes.text}>
        <div className={classes.title}>
          <Link to={`/stores/${store.code}`} className={classes.link}>
            <StoreBadge name={store.name} color={store.color} />
          </Link>
          {store.isActive ? null : <StateLabel tone="plain">closed</StateLabel>}
        </div>
        <div className={classes.host}>
          <code className="mono clip">{new URL(store.urls.subdomain).host}</code>
          <Tooltip label="Open the store">
            <ActionIcon
              component="a"
              href={store.urls.subdomain}
              target="_blank"
              rel="noreferrer"
              size="sm"
              aria-label={`Open ${store.name}`}
              className={classes.open}
            >
              <IconExternalLink size={14} />
            </ActionIcon>
          </Tooltip>
        </div>
        <div className={classes.figures}>
          <span>{traffic ? `${count(traffic.requestsPerMinute, 'request')} / min` : 'no requests yet'}</span>
          {lastError ? (
            <Link to={`/requests/${lastError.requestId}`} className={classes.error}>
              {lastError.status} {formatAgo(lastError.startedAt, now)}
            </Link>
          ) : traffic?.lastRequestAt ? (
            <span>{formatAgo(traffic.lastRequestAt, now)}</span>
          ) : null}
        </div>
      </div>
    </article>
  );
}
