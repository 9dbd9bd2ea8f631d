import type { SwitchStatus } from '../../../server/contract/backends.ts';
import table from '../../shared/data-table.module.css';
import { formatMoment, formatNumber } from '../../shared/format.ts';
import { Panel } from '../../shared/panel.tsx';
import { StateLabel, type Tone } from '../../shared/state-label.tsx';
import classes from './history-table.module.css';
import { elapsedOf, formatElapsed } from './switch/progress.ts';

/** How a move can end, in a word and its tone. */
export const OUTCOMES: Readonly<Record<SwitchStatus['state'], { readonly word: string; readonly tone: Tone }>> = {
  running: { word: 'running', tone: 'info' },
  done: { word: 'done', tone: 'good' },
  failed: { word: 'failed', tone: 'bad' },
  cancelled: { word: 'cancelled', tone: 'plain' },
  interrupted: { word: 'interrupted', tone: 'warn' },
};

/** Every move that ended, the latest first. */
export function HistoryTable({ history }: { readonly history: readonly SwitchStatus[] }) {
  return (
    <Panel title="History">
      {history.length === 0 ? (
        <p className={table.none}>
          The platform has not moved yet. Every move is listed here with its time, its rows and how it ended.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <section className={`${table.scroller} ${classes.moves}`} tabIndex={0} aria-label="Moves between backends">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col">Outcome</th>
                <th scope="col" className={table.number}>
                  Took
                </th>
                <th scope="col" className={table.number}>
                  Writes waited
                </th>
                <th scope="col" className={table.number}>
                  Stores
                </th>
                <th scope="col" className={table.number}>
                  Rows
                </th>
                <th scope="col">Who</th>
              </tr>
            </thead>
            <tbody>
              {history.map((status) => (
                <Row key={status.id} status={status} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

function Row({ status }: { readonly status: SwitchStatus }) {
  const { word, tone } = OUTCOMES[status.state];
  const waited = status.writesWaitedMs;
  return (
    <>
      <tr data-explained={status.error !== null || undefined}>
        <td>{formatMoment(status.startedAt)}</td>
        <td>
          <code className="mono">{status.from}</code>
        </td>
        <td>
          <code className="mono">{status.to}</code>
          {status.target ? <span className={table.sub}>{status.target}</span> : null}
        </td>
        <td>
          <StateLabel tone={tone}>{word}</StateLabel>
        </td>
        <td className={table.number}>{formatElapsed(elapsedOf(status, status.startedAt))}</td>
        <td className={table.number}>{waited === null ? '–' : formatElapsed(waited)}</td>
        <td className={table.number}>{formatNumber(status.storesDone)}</td>
        <td className={table.number}>{formatNumber(status.rowsDone)}</td>
        <td>{status.actor}</td>
      </tr>
      {status.error === null ? null : (
        <tr>
          <td colSpan={9} className={classes.error}>
            {status.error}
          </td>
        </tr>
      )}
    </>
  );
}
