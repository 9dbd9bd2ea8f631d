import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSettings } from '@tabler/icons-react';
import type { RequestList } from '../../../../server/contract/requests.ts';
import drawer from '../../../shared/side-drawer.module.css';
import { SideDrawer } from '../../../shared/side-drawer.tsx';
import { RecordingPanel } from './recording-panel.tsx';

/** Opens how requests are recorded. */
export function RecordingButton({ kept }: { readonly kept: RequestList['kept'] | null }) {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconSettings size={16} />} onClick={open}>
        Recording
      </Button>
      <SideDrawer isOpen={isOpen} onClose={close} size={480} title="Recording">
        <div className={drawer.scroll}>
          <div>
            <RecordingPanel kept={kept} />
          </div>
        </div>
      </SideDrawer>
    </>
  );
}
