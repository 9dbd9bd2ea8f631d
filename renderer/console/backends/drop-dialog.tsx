import { Button, Group, Modal, Text } from '@mantine/core';
import type { BackendCard } from '../../../server/contract/backends.ts';
import { formatMoment } from '../../shared/format.ts';
import { notifyDone, notifyFailed } from '../../shared/notify.tsx';
import { useChange } from '../api/queries.ts';
import { factsOf, nameOf } from './backend-facts.ts';

interface DropDialogProps {
  /** Null while nothing is asked. */
  readonly card: BackendCard | null;
  readonly onClose: () => void;
}

/** Asks before what an earlier backend holds is removed: that cannot be undone. */
export function DropDialog({ card, onClose }: DropDialogProps) {
  const dropping = useChange('dropKeptBackend', ['backends']);
  const drop = ({ id }: BackendCard) => {
    const { engine, isolation } = factsOf(id);
    dropping.mutate(
      { params: { engine, isolation } },
      {
        onSuccess: () => notifyDone(`What was kept is removed: ${nameOf(id)}.`),
        onError: (error) => notifyFailed('It could not be dropped', error),
        onSettled: onClose,
      },
    );
  };
  return (
    <Modal
      opened={card !== null}
      onClose={onClose}
      title={card ? `Drop what is kept: ${nameOf(card.id)}?` : ''}
      size={480}
    >
      <Text>
        The data is removed{card?.place ? ` from ${card.place}` : ''} as it was
        {card?.keptSince ? ` on ${formatMoment(card.keptSince)}` : ''}. What is in force now is not touched. This cannot
        be undone.
      </Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={dropping.isPending} onClick={() => card && drop(card)}>
          Drop for good
        </Button>
      </Group>
    </Modal>
  );
}
