import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { count } from '../../shared/format.ts';
import { notifyDone, notifyFailed } from '../../shared/notify.tsx';
import { useChange } from '../api/queries.ts';

interface ClearRequestsProps {
  readonly isDisabled: boolean;
  readonly size?: 'sm' | 'compact-sm';
}

/** Forgets every recorded request, after a question: they cannot be brought back. */
export function ClearRequests({ isDisabled, size = 'sm' }: ClearRequestsProps) {
  const [isOpen, dialog] = useDisclosure();
  const navigate = useNavigate();
  const clear = useChange('clearRequests', ['listRequests', 'getRequest', 'overview']);
  const run = () =>
    clear.mutate(
      {},
      {
        onSuccess: ({ removed }) => {
          notifyDone(`${count(removed, 'request')} forgotten`);
          void navigate({ pathname: '/requests', search: location.search });
        },
        onError: (error) => notifyFailed('The requests are still there', error),
        onSettled: dialog.close,
      },
    );
  return (
    <>
      <Button
        variant="default"
        size={size}
        leftSection={<IconTrash size={16} />}
        onClick={dialog.open}
        disabled={isDisabled}
      >
        Clear
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title="Forget every recorded request?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Text>Their ladders, timelines and SQL go as well. This cannot be undone; the stores stay as they are.</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={dialog.close}>
            Keep them
          </Button>
          <Button color="red" onClick={run} loading={clear.isPending}>
            Forget all
          </Button>
        </Group>
      </Modal>
    </>
  );
}
