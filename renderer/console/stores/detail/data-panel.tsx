import { Button } from '@mantine/core';
import type { StoreDetail } from '../../../../server/contract/stores.ts';
import { Copyable } from '../../../shared/copy-button.tsx';
import { Fact, Facts } from '../../../shared/facts.tsx';
import { formatBytes, formatDate, formatNumber } from '../../../shared/format.ts';
import { Panel } from '../../../shared/panel.tsx';
import classes from './data-panel.module.css';

/** What is in the store, whose it is, and where it lies. Data that cannot be opened is said first. */
export function DataPanel({ store, onRetry }: { readonly store: StoreDetail; readonly onRetry: () => void }) {
  const { figures } = store;
  return (
    <Panel title="Data">
      {figures ? (
        <dl className={classes.figures}>
          <Figure name="products" value={formatNumber(figures.products)} />
          <Figure name="orders" value={formatNumber(figures.orders)} />
          <Figure name="customers" value={formatNumber(figures.customers)} />
          <Figure name="storage" value={formatBytes(figures.storageBytes)} />
        </dl>
      ) : (
        <div role="alert" className={classes.broken}>
          <strong>The store's data cannot be opened</strong>
          <span>{store.dataError}</span>
          <span>
            Until then its pages answer with an error. Its settings and its names are safe: they lie elsewhere.
          </span>
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
      <Facts nameWidth={72}>
        <Fact name="Owner">
          {store.owner ? (
            <>
              {store.owner.name}
              {store.owner.name === store.owner.email ? null : (
                <span className={classes.muted}>{store.owner.email}</span>
              )}
            </>
          ) : (
            <span className={classes.muted}>nobody: the dashboard cannot be opened</span>
          )}
        </Fact>
        <Fact name="Lies in">
          <code className={classes.code}>{store.location}</code>
        </Fact>
        <Fact name="Id">
          <Copyable text={store.publicId} label="Copy the id" />
        </Fact>
        <Fact name="Schema">
          <code className={classes.code}>{store.schemaName}</code>
        </Fact>
        <Fact name="Sells in">
          {store.currency}, {store.locale}
        </Fact>
        <Fact name="Created">{formatDate(store.createdAt)}</Fact>
      </Facts>
    </Panel>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
