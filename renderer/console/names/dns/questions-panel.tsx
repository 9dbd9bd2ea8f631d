import type { RehearsalDns } from '../../../../server/contract/domains.ts';
import table from '../../../shared/data-table.module.css';
import { formatClock, formatMs } from '../../../shared/format.ts';
import { Panel } from '../../../shared/panel.tsx';
import classes from './dns-tab.module.css';

/** What the rehearsal DNS was asked lately, and what it answered. */
export function QuestionsPanel({ questions }: Pick<RehearsalDns, 'questions'>) {
  return (
    <Panel title="Last questions">
      {questions.length === 0 ? (
        <p className={table.none}>
          Nobody has asked yet. Every check of a domain shows up here with the answer it got.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <section className={`${table.scroller} ${classes.questions}`} tabIndex={0} aria-label="Last questions">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">By</th>
                <th scope="col">Type</th>
                <th scope="col">Name</th>
                <th scope="col">Answer</th>
                <th scope="col" className={table.number}>
                  Took
                </th>
              </tr>
            </thead>
            <tbody>
              {questions.map(({ at, transport, type, name, answer, ms }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same question may be asked twice in a millisecond
                <tr key={`${at} ${index}`}>
                  <td className={table.mono}>{formatClock(at)}</td>
                  <td>{transport.toUpperCase()}</td>
                  <td>{type}</td>
                  <td className={table.mono}>{name}</td>
                  <td className={`${table.mono} clip ${classes.answer}`} title={answer}>
                    {answer}
                  </td>
                  <td className={table.number}>{formatMs(ms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
