import { Kbd, Modal, Table } from '@mantine/core';
import { consolePages } from '../pages.ts';

const KEYS: readonly (readonly [readonly string[], string])[] = [
  [['Ctrl or ⌘', 'K'], 'Search stores, screens and actions'],
  ...consolePages.map(({ key, label }): readonly [readonly string[], string] => [['g', key], `Go to ${label}`]),
  [['/'], 'Filter the list'],
  [['j'], 'Next row'],
  [['k'], 'Previous row'],
  [['Enter'], 'Open the row'],
  [['Esc'], 'Close what is open'],
  [['c'], 'Create a store (on Stores)'],
  [['r'], 'Resend the request (on Requests)'],
  [['e'], 'Edit and resend the request (on Requests)'],
  [['c'], 'Copy the request as a cURL command (on Requests)'],
  [['?'], 'Show these keys'],
];

/** All keys, in one table. */
export function ShortcutsDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size="md" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table verticalSpacing={6} withRowBorders={false}>
        <Table.Tbody>
          {KEYS.map(([keys, meaning]) => (
            <Table.Tr key={meaning}>
              <Table.Td w={150}>
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 ? ' ' : null}
                    <Kbd size="xs">{key}</Kbd>
                  </span>
                ))}
              </Table.Td>
              <Table.Td>{meaning}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
