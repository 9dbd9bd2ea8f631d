import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { RehearsalRecord } from '../../../../server/contract/domains.ts';
import table from '../../../shared/data-table.module.css';
import { notifyDone } from '../../../shared/notify.tsx';
import { Panel } from '../../../shared/panel.tsx';
import classes from './dns-tab.module.css';
import { RecordForm } from './record-form.tsx';
import { useRehearsal } from './use-rehearsal.ts';

/** Records that the rehearsal DNS answers besides what it plays. */
export function RecordsPanel({ records }: { readonly records: readonly RehearsalRecord[] }) {
  const removing = useRehearsal('removeRehearsalRecord');
  const adding = useRehearsal('addRehearsalRecord');
  const remove = ({ id, ...record }: RehearsalRecord) =>
    removing.change({ params: { id } }, () =>
      notifyDone(`${record.type} of ${record.name} is removed.`, {
        label: 'Undo',
        run: () => adding.change({ body: record }),
      }),
    );
  return (
    <Panel title="Records of your own">
      {records.length === 0 ? (
        <p className={table.none}>None. What is entered here is answered as it is, before any scenario.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <section className={`${table.scroller} ${classes.records}`} tabIndex={0} aria-label="Records of your own">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Type</th>
                <th scope="col">Value</th>
                <th scope="col" className={table.number}>
                  TTL
                </th>
                <th scope="col">
                  <span className={table.hidden}>Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <tr key={record.id}>
                  <td className={table.mono}>{record.name}</td>
                  <td>{record.type}</td>
                  <td className={table.mono}>{record.value}</td>
                  <td className={table.number}>{record.ttl} s</td>
                  <td className={table.buttons}>
                    <Tooltip label="Remove the record">
                      <ActionIcon
                        size="sm"
                        aria-label={`Remove ${record.type} of ${record.name}`}
                        disabled={removing.isBusy}
                        onClick={() => remove(record)}
                      >
                        <IconTrash size={14} />
                      </ActionIcon>
                    </Tooltip>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <RecordForm />
    </Panel>
  );
}
