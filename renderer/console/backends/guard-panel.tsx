import { IconShieldCheck, IconShieldExclamation, IconShieldOff } from '@tabler/icons-react';
import type { BackendOverview } from '../../../server/contract/backends.ts';
import { DecidedBy } from '../../shared/decided-by.tsx';
import { count, formatNumber } from '../../shared/format.ts';
import { Panel } from '../../shared/panel.tsx';
import { StateLabel, type Tone } from '../../shared/state-label.tsx';
import classes from './guard-panel.module.css';

type Guard = BackendOverview['guard'];

const MODES: Readonly<
  Record<
    Guard['mode'],
    { readonly word: string; readonly tone: Tone; readonly icon: typeof IconShieldOff; readonly meaning: string }
  >
> = {
  refuse: {
    word: 'refuses',
    tone: 'good',
    icon: IconShieldCheck,
    meaning: 'A statement that does not name its store is refused before it runs.',
  },
  log: {
    word: 'logs only',
    tone: 'warn',
    icon: IconShieldExclamation,
    meaning: 'A statement that does not name its store runs, and is written to the log.',
  },
  off: {
    word: 'off',
    tone: 'bad',
    icon: IconShieldOff,
    meaning: 'Statements are not looked at: only the backend itself keeps stores apart.',
  },
};

/** The scope guard: what it does with unscoped statements, how many there were, and which jobs may reach every store. */
export function GuardPanel({ guard }: { readonly guard: Guard }) {
  const mode = MODES[guard.mode];
  const Icon = mode.icon;
  const verb = guard.mode === 'refuse' ? 'refused' : 'seen';
  return (
    <Panel title="Scope guard" more={<StateLabel tone={mode.tone}>{mode.word}</StateLabel>}>
      <div className={classes.state}>
        <Icon size={20} stroke={1.7} aria-hidden="true" className={classes.icon} data-tone={mode.tone} />
        <div>
          <p>{mode.meaning}</p>
          <p className={classes.count} data-some={guard.violations > 0 || undefined}>
            {guard.violations === 0
              ? 'No such statement since the server started.'
              : `${count(guard.violations, 'statement')} ${verb} since the server started; the log names table and line.`}
          </p>
          <DecidedBy flags={['--scope-guard']} variable="ORION_SCOPE_GUARD" />
        </div>
      </div>
      {guard.exemptions.length === 0 ? (
        <p className={classes.none}>No job has reached every store since the server started.</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Jobs that may reach every store</th>
              <th scope="col">Uses</th>
            </tr>
          </thead>
          <tbody>
            {guard.exemptions.map(({ reason, uses }) => (
              <tr key={reason}>
                <td>{reason}</td>
                <td>{formatNumber(uses)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
