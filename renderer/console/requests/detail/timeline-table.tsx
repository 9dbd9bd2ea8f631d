import type { WaterfallRow } from '../waterfall.ts';
import { formatFine } from './timeline-bars.tsx';
import classes from './timeline-tab.module.css';

/** The waterfall as a table of numbers. */
export function TimelineTable({ rows }: { readonly rows: readonly WaterfallRow[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col" className="number">
            Start
          </th>
          <th scope="col" className="number">
            Own
          </th>
          <th scope="col" className="number">
            Total
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-kind={row.kind}>
            <th scope="row">
              {row.label}
              {row.hasEnded ? '' : ' (not ended)'}
            </th>
            <td className="number">{formatFine(row.startMs)}</td>
            <td className="number">{formatFine(row.ownMs)}</td>
            <td className="number">{formatFine(row.totalMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
