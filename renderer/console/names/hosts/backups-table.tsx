import { Button } from '@mantine/core';
import type { HostsState } from '../../../../server/contract/names.ts';
import table from '../../../shared/data-table.module.css';
import { formatBytes, formatMoment } from '../../../shared/format.ts';
import { Panel } from '../../../shared/panel.tsx';

interface BackupsTableProps {
  readonly backups: HostsState['backups'];
  readonly onRestore: (backup: string) => void;
}

/** The file as it was before each change, the newest first. */
export function BackupsTable({ backups, onRestore }: BackupsTableProps) {
  return (
    <Panel title="Backups">
      {backups.length === 0 ? (
        <p className={table.none}>None yet. Before each change the whole file is kept here, byte for byte.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <section className={table.scroller} tabIndex={0} aria-label="Backups of the hosts file">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Made</th>
                <th scope="col">Before</th>
                <th scope="col" className={table.number}>
                  Size
                </th>
                <th scope="col">
                  <span className={table.hidden}>Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {backups.map(({ id, at, bytes, reason }) => (
                <tr key={id}>
                  <td>{formatMoment(at)}</td>
                  <td>{reason}</td>
                  <td className={table.number}>{formatBytes(bytes)}</td>
                  <td className={table.buttons}>
                    <Button size="compact-sm" variant="default" onClick={() => onRestore(id)}>
                      Restore…
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
