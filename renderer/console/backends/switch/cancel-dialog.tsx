import { Button, Group, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { notifyFailed } from '../../../shared/notify.tsx';
import { applySwitch } from '../../api/apply-switch.ts';
import { useChange } from '../../api/queries.ts';

interface CancelDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks before a move is ended: what it copied so far would have to be copied again. */
export function CancelDialog({ isOpen, onClose }: CancelDialogProps) {
  const client = useQueryClient();
  const cancelling = useChange('cancelSwitch', ['backends']);
  const cancel = () =>
    cancelling.mutate(
      {},
      {
        onSuccess: (ended) => applySwitch(client, ended),
        onError: (error) => notifyFailed('The move could not be cancelled', error),
        onSettled: onClose,
      },
    );
  return (
    <Modal opened={isOpen} onClose={onClose} title="Cancel the move?" size={440}>
      <Text>
        The backend in force stays as it is with everything in it, and writes that wait go on at once. What was copied
        so far is removed.
      </Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Go on moving
        </Button>
        <Button color="red" loading={cancelling.isPending} onClick={cancel}>
          Cancel the move
        </Button>
      </Group>
    </Modal>
  );
}
