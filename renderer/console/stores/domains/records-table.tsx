import type { DomainGuide } from '../../../../server/contract/domains.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import table from '../../../shared/data-table.module.css';
import { StateLabel } from '../../../shared/state-label.tsx';
import classes from './domains-tab.module.css';

/** What is entered at the registrar: each host and value with a copy button. */
export function RecordsTable({ records }: Pick<DomainGuide, 'records'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className={`${table.scroller} ${classes.records}`} tabIndex={0} aria-label="Records for the registrar">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Host</th>
            <th scope="col">Value</th>
            <th scope="col" className={table.number}>
              TTL
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ type, host, name, value, ttl, purpose, isRequired }) => (
            <tr key={`${type} ${name} ${value}`}>
              <td>
                <StateLabel tone={isRequired ? 'info' : 'plain'}>{type}</StateLabel>
              </td>
              <td title={name} className={classes.host}>
                <span className={classes.copied}>
                  <code>{host}</code>
                  <CopyButton text={host} label={`Copy the host of the ${type} record`} />
                </span>
              </td>
              <td>
                <span className={classes.copied}>
                  <code>{value}</code>
                  <CopyButton text={value} label={`Copy the value of the ${type} record`} />
                </span>
                <span className={table.sub}>
                  {purpose}
                  {isRequired ? '' : ' Not required.'}
                </span>
              </td>
              <td className={table.number}>{ttl} s</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
