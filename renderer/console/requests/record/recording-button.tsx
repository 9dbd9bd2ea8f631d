import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSettings } from '@tabler/icons-react';
import type { RequestList } from '../../../../server/contract/requests.ts';
import { RecordingPanel } from './recording-panel.tsx';

/** Opens how requests are recorded. */
export function RecordingButton({ kept }: { readonly kept: RequestList['kept'] | null }) {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconSettings size={16} />} onClick={open}>
        Recording
      </Button>
      <Drawer opened={isOpen} onClose={close} position="right" size={480} title="Recording" padding="lg">
        <RecordingPanel kept={kept} />
      </Drawer>
    </>
  );
}
