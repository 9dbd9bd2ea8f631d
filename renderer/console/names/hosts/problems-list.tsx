import type { HostsProblem } from '../../../../server/contract/names.ts';
import { Panel } from '../../../shared/panel.tsx';
import { StateLabel, type Tone } from '../../../shared/state-label.tsx';
import classes from './hosts-tab.module.css';

const SEVERITIES: Readonly<Record<HostsProblem['severity'], { readonly word: string; readonly tone: Tone }>> = {
  note: { word: 'note', tone: 'info' },
  warning: { word: 'warning', tone: 'warn' },
  failed: { word: 'problem', tone: 'bad' },
};

/** What a person should know about the file, the worst first. */
export function ProblemsList({ problems }: { readonly problems: readonly HostsProblem[] }) {
  if (problems.length === 0) return null;
  const order = ['failed', 'warning', 'note'];
  const sorted = problems.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  return (
    <Panel title="To know about this file">
      <ul className={classes.problems}>
        {sorted.map(({ code, severity, message, fix }) => (
          <li key={`${code} ${message}`} className={classes.problem}>
            <StateLabel tone={SEVERITIES[severity].tone}>{SEVERITIES[severity].word}</StateLabel>
            <div>
              {message}
              {fix ? <div className={classes.fix}>{fix}</div> : null}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
