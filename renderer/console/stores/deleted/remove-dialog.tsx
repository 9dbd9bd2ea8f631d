import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import type { DeletedStore } from '../../../../server/contract/stores.ts';
import type { StoreActions } from '../use-store-actions.ts';

interface RemoveDialogProps {
  readonly store: DeletedStore | null;
  readonly onClose: () => void;
  readonly actions: StoreActions;
}

/** Asks before a store is removed for good: that is the one thing that cannot be undone. */
export function RemoveDialog({ store, onClose, actions }: RemoveDialogProps) {
  const [isBusy, setBusy] = useState(false);
  const remove = async (one: DeletedStore) => {
    setBusy(true);
    if (await actions.removeForGood(one)) onClose();
    setBusy(false);
  };
  return (
    <Modal opened={store !== null} onClose={onClose} title={`Remove ${store?.name ?? ''} for good?`} size={440}>
      <Text>
        Its products, orders, customers and pictures are erased, and its code{' '}
        <code className="mono">{store?.code}</code> is free again. This cannot be undone.
      </Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={isBusy} onClick={() => store && void remove(store)}>
          Remove for good
        </Button>
      </Group>
    </Modal>
  );
}
