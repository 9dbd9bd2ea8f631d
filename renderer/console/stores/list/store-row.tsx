// biome-ignore-all lint/a11y/useFocusableInteractive: the links and buttons inside take the focus.
// biome-ignore-all lint/a11y/useSemanticElements: a table whose rows are drawn only in part has to be laid out by hand; roles carry the meaning.
import { CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconDots } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { Link } from 'react-router';
import { formatAgo, formatDate } from '../../../shared/format.ts';
import { Sparkline } from '../../../shared/sparkline.tsx';
import { StateLabel } from '../../../shared/state-label.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { hostOf } from '../store-links.ts';
import type { OpenMenu } from '../store-menu.tsx';
import type { StoreRow } from './arrange.ts';
import { PlainCell } from './plain-cell.tsx';
import classes from './stores-table.module.css';

interface StoreRowViewProps {
  readonly row: StoreRow;
  readonly index: number;
  /** Pixels from the top of the rows. */
  readonly top: number;
  readonly now: number;
  readonly isMenuOpen: boolean;
  readonly onMenu: (menu: OpenMenu) => void;
}

/** One store. Its buttons are plain elements and its menu is shared: rows come and go with every wheel step. */
export const StoreRowView = memo(function StoreRowView({
  row,
  index,
  top,
  now,
  isMenuOpen,
  onMenu,
}: StoreRowViewProps) {
  const { store, traffic } = row;
  const [isInUse, setInUse] = useState(false);
  const use = () => setInUse(true);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ transform: `translateY(${top}px)` }}
      onPointerEnter={use}
      onFocus={use}
      onContextMenu={(event) => {
        event.preventDefault();
        const at = { left: event.clientX, top: event.clientY, width: 0, height: 0 };
        onMenu({ store, at, opener: event.currentTarget.querySelector('a') });
      }}
    >
      <PlainCell name="name">
        <Link to={`/stores/${store.code}`} className={classes.link} data-row={index}>
          <StoreBadge name={store.name} color={store.color} />
        </Link>
      </PlainCell>
      <PlainCell name="code">
        <code className="mono">{store.code}</code>
      </PlainCell>
      <HostCell store={store} isInUse={isInUse} />
      <PlainCell name="state">
        <StateLabel tone={store.isActive ? 'good' : 'plain'}>{store.isActive ? 'open' : 'closed'}</StateLabel>
      </PlainCell>
      <PlainCell name="requests">
        {traffic ? (
          <Sparkline values={traffic.series} label="Requests of the last two minutes" width={72} height={20} />
        ) : null}
        <span className={classes.number} data-zero={!traffic?.requestsPerMinute}>
          {traffic?.requestsPerMinute ?? 0}
        </span>
      </PlainCell>
      <PlainCell name="last">{traffic?.lastRequestAt ? formatAgo(traffic.lastRequestAt, now) : '–'}</PlainCell>
      <PlainCell name="error">
        {traffic?.lastError ? (
          <Link to={`/requests/${traffic.lastError.requestId}`} className={classes.error}>
            {traffic.lastError.status} {formatAgo(traffic.lastError.startedAt, now)}
          </Link>
        ) : (
          '–'
        )}
      </PlainCell>
      <PlainCell name="created">{formatDate(store.createdAt)}</PlainCell>
      <PlainCell name="menu">
        <button
          type="button"
          className={classes.button}
          aria-label={`Actions for ${store.name}`}
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          onClick={({ currentTarget }) =>
            onMenu({ store, at: currentTarget.getBoundingClientRect(), opener: currentTarget })
          }
        >
          <IconDots size={16} />
        </button>
      </PlainCell>
    </div>
  );
});

function HostCell({ store, isInUse }: { readonly store: StoreRow['store']; readonly isInUse: boolean }) {
  const host = hostOf(store);
  return (
    <PlainCell name="host">
      <a
        href={store.urls.subdomain}
        target="_blank"
        rel="noreferrer"
        className={classes.host}
        title={`Open ${host} in a new tab`}
      >
        {host}
      </a>
      {isInUse ? <CopyAddress store={store} /> : null}
    </PlainCell>
  );
}

/** Made for a row that is pointed at or has the focus: in all rows it would cost as much as the rest of them. */
function CopyAddress({ store }: { readonly store: StoreRow['store'] }) {
  return (
    <CopyButton value={store.urls.subdomain} timeout={1500}>
      {({ copied, copy }) => (
        <button
          type="button"
          className={classes.button}
          data-quiet="true"
          aria-label={copied ? 'Copied' : `Copy the address of ${store.name}`}
          title={copied ? 'Copied' : 'Copy the address'}
          onClick={copy}
        >
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </button>
      )}
    </CopyButton>
  );
}

interface PassingRowProps {
  readonly store: StoreRow['store'];
  readonly index: number;
  readonly top: number;
}

/** A row that flies by under a dragged scroll bar: what an eye can catch then, so that no frame is dropped. */
export const PassingRow = memo(function PassingRow({ store, index, top }: PassingRowProps) {
  return (
    <div role="row" aria-rowindex={index + 2} className={classes.row} style={{ transform: `translateY(${top}px)` }}>
      <PlainCell name="name">
        <StoreBadge name={store.name} color={store.color} />
      </PlainCell>
      <PlainCell name="code">
        <code className="mono">{store.code}</code>
      </PlainCell>
    </div>
  );
});
