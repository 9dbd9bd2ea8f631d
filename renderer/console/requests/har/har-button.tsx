import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconFileDownload, IconFileUpload, IconTransfer } from '@tabler/icons-react';
import { useRef } from 'react';
import { operations } from '../../../../server/contract/operations.ts';
import type { RequestFilter } from '../../../../server/contract/requests.ts';
import { count } from '../../../shared/format.ts';
import { addressOf } from '../../api/client.ts';

interface HarButtonProps {
  readonly filter: RequestFilter;
  /** How many requests match the filter; null while that is not known. */
  readonly found: number | null;
  readonly onImport: (file: File) => void;
}

/** HTTP Archives: the listed requests out, those of a file in. */
export function HarButton({ filter, found, onImport }: HarButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <Tooltip label="HAR files">
            <ActionIcon variant="default" size={32} aria-label="HAR files">
              <IconTransfer size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {found ? (
            // The browser writes it as it comes: an archive of everything can be larger than a page's memory.
            <Menu.Item
              component="a"
              href={addressOf(operations.exportHar.path, {}, filter)}
              download
              leftSection={<IconFileDownload size={16} />}
            >
              {`Export ${count(found, 'request')} as HAR`}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconFileDownload size={16} />} disabled>
              Export as HAR
            </Menu.Item>
          )}
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
