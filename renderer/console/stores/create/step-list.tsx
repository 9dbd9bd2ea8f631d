import { Loader } from '@mantine/core';
import { IconCheck, IconCircle, IconX } from '@tabler/icons-react';
import type { StepReport } from '../../../../server/contract/stores.ts';
import { formatMs } from '../../../shared/format.ts';
import classes from './progress.module.css';
import { type ShownStep, showSteps } from './steps.ts';

/** The seven steps of making a store, each with its state and its time. */
export function StepList({ steps }: { readonly steps: readonly StepReport[] }) {
  return (
    <ol className={classes.steps} aria-live="polite">
      {showSteps(steps).map((step) => (
        <li key={step.step} className={classes.step} data-state={step.state}>
          <StepMark state={step.state} />
          <span className={classes.label}>{step.label}</span>
          <code className={classes.name}>{step.step}</code>
          <span className={classes.time}>{step.durationMs === null ? '' : formatMs(step.durationMs)}</span>
        </li>
      ))}
    </ol>
  );
}

function StepMark({ state }: { readonly state: ShownStep['state'] }) {
  switch (state) {
    case 'done':
      return <IconCheck size={16} stroke={2.5} aria-label="done" />;
    case 'failed':
      return <IconX size={16} stroke={2.5} aria-label="failed" />;
    case 'running':
      return <Loader size={14} aria-label="running" />;
    case 'waiting':
      return <IconCircle size={14} stroke={1.5} aria-label="waiting" />;
  }
}
