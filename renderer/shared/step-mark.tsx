import type { ReactNode } from 'react';
import classes from './step-mark.module.css';

interface StepMarkProps {
  readonly look: 'plain' | 'good' | 'bad' | 'current' | 'dashed';
  /** An icon or a number. */
  readonly children: ReactNode;
}

/** The round mark of a step on a rail; what it means stands in words beside it. */
export function StepMark({ look, children }: StepMarkProps) {
  return (
    <span className={classes.mark} data-look={look} aria-hidden="true">
      {children}
    </span>
  );
}
