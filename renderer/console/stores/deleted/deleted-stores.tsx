import { Button, Skeleton } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeletedStore } from '../../../../server/contract/stores.ts';
import { formatAgo } from '../../../shared/format.ts';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { useNow } from '../../../shared/use-now.ts';
import type { useRead } from '../../api/queries.ts';
import type { StoreActions } from '../use-store-actions.ts';
import classes from './deleted-stores.module.css';
import { formatRemaining } from './remaining.ts';
import { RemoveDialog } from './remove-dialog.tsx';

interface DeletedStoresProps {
  readonly query: ReturnType<typeof useRead<'listDeletedStores'>>;
  /** Those that are looked for. */
  readonly stores: readonly DeletedStore[];
  readonly actions: StoreActions;
}

/** Stores that were deleted: back as they were, or gone for good. */
export function DeletedStores({ query, stores, actions }: DeletedStoresProps) {
  const [removed, setRemoved] = useState<DeletedStore | null>(null);
  if (query.error && !query.data)
    return (
      <ErrorState
        title="The deleted stores could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <Skeleton height={176} radius="md" />;
  if (query.data.stores.length === 0)
    return (
      <EmptyState icon={<IconTrash size={24} />} title="No deleted stores">
        A deleted store stays here for a while, with its data and its names, and can be brought back.
      </EmptyState>
    );
  if (stores.length === 0)
    return (
      <EmptyState icon={<IconTrash size={24} />} title="No deleted store has this text">
        Name and code are looked at.
      </EmptyState>
    );
  return (
    <>
      <ul className={classes.list} aria-label="Deleted stores">
        {stores.map((store) => (
          <DeletedRow key={store.id} store={store} actions={actions} onRemove={() => setRemoved(store)} />
        ))}
      </ul>
      <RemoveDialog store={removed} onClose={() => setRemoved(null)} actions={actions} />
    </>
  );
}

interface DeletedRowProps {
  readonly store: DeletedStore;
  readonly actions: StoreActions;
  readonly onRemove: () => void;
}

function DeletedRow({ store, actions, onRemove }: DeletedRowProps) {
  const now = useNow();
  const [isBusy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    await actions.restore(store);
    setBusy(false);
  };
  return (
    <li className={classes.row}>
      <div className={classes.name}>
        <StoreBadge name={store.name} color={store.color} />
        <code className="mono">{store.code}</code>
      </div>
      <div className={classes.when}>
        deleted {formatAgo(store.deletedAt, now)}, can be restored {formatRemaining(store.restorableUntil - now)}
      </div>
      <div className={classes.buttons}>
        <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => void restore()}>
          Restore
        </Button>
        <Button size="compact-sm" variant="subtle" color="red" onClick={onRemove}>
          Remove for good
        </Button>
      </div>
    </li>
  );
}
