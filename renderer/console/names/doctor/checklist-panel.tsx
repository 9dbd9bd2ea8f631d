import { IconCircle, IconCircleCheckFilled, IconCircleX, IconExternalLink } from '@tabler/icons-react';
import type { DoctorReport } from '../../../../server/contract/doctor.ts';
import { Panel } from '../../../shared/panel.tsx';
import classes from './doctor-tab.module.css';

const STATES = {
  done: { word: 'done', icon: IconCircleCheckFilled },
  open: { word: 'open', icon: IconCircle },
  failed: { word: 'failed', icon: IconCircleX },
} as const;

/** The checklist of the demo's document, ticked by looking. */
export function ChecklistPanel({ checklist }: Pick<DoctorReport, 'checklist'>) {
  const done = checklist.filter(({ state }) => state === 'done').length;
  return (
    <Panel
      title="Quick test checklist"
      more={
        <span className={classes.muted}>
          {done} of {checklist.length}
        </span>
      }
    >
      <ul className={classes.checklist}>
        {checklist.map(({ id, label, state, message, url }) => {
          const { word, icon: Icon } = STATES[state];
          return (
            <li key={id} data-state={state}>
              <Icon size={16} aria-hidden="true" />
              <div>
                <span className={classes.hidden}>{word}: </span>
                {url ? (
                  <a href={url} target="_blank" rel="noreferrer">
                    {label}
                    <IconExternalLink size={12} aria-hidden="true" className={classes.out} />
                  </a>
                ) : (
                  label
                )}
                <span className={classes.sub}>{message}</span>
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
