import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconFileDownload, IconFileUpload, IconTransfer } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { RequestFilter } from '../../../../server/contract/requests.ts';
import { count, formatNumber } from '../../../shared/format.ts';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { saveFile } from './save-file.ts';

/** The most that a list gives at once. */
const MOST_EXPORTED = 1000;

interface HarButtonProps {
  readonly filter: RequestFilter;
  /** How many requests match the filter; null while that is not known. */
  readonly found: number | null;
  readonly onImport: (file: File) => void;
}

/** HTTP Archives: the listed requests out, those of a file in. */
export function HarButton({ filter, found, onImport }: HarButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const run = async () => {
    setBusy(true);
    try {
      const file = await call('exportHar', { query: { ...filter, limit: MOST_EXPORTED } });
      saveFile('requests.har', 'application/json', JSON.stringify(file, null, 2));
      notifyDone(`${count(file.log.entries.length, 'request')} written to requests.har`);
    } catch (error) {
      notifyFailed('No HAR file was made', error as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <Tooltip label="HAR files">
            <ActionIcon variant="default" size={32} loading={isBusy} aria-label="HAR files">
              <IconTransfer size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileDownload size={16} />} disabled={!found} onClick={() => void run()}>
            {exportWords(found)}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileUpload size={16} />} onClick={() => input.current?.click()}>
            Import a HAR file
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        accept=".har,.json,application/json"
        hidden
        aria-label="HAR file"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file may be chosen again.
          currentTarget.value = '';
          if (file) onImport(file);
        }}
      />
    </>
  );
}

function exportWords(found: number | null): string {
  if (!found) return 'Export as HAR';
  if (found > MOST_EXPORTED) return `Export the newest ${formatNumber(MOST_EXPORTED)} as HAR`;
  return `Export ${count(found, 'request')} as HAR`;
}
