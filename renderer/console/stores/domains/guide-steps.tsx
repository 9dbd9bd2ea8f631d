import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DomainGuide } from '../../../../server/contract/domains.ts';
import { StepMark } from '../../../shared/step-mark.tsx';
import classes from './guide-steps.module.css';

type Step = DomainGuide['steps'][number];

const WORDS: Readonly<Record<Step['state'], string>> = {
  done: 'done',
  current: 'now',
  waiting: 'later',
  failed: 'failed',
};

const MARKS = { done: 'good', failed: 'bad', current: 'current', waiting: 'plain' } as const;

interface GuideStepsProps {
  readonly steps: readonly Step[];
  /** What belongs to a step, under its text. */
  readonly contentOf: (step: Step) => ReactNode;
}

/** The way from a name to an answering shop, one step under the other. */
export function GuideSteps({ steps, contentOf }: GuideStepsProps) {
  return (
    <ol className={classes.steps}>
      {steps.map((step, index) => (
        <li
          key={step.id}
          className={classes.step}
          data-state={step.state}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <StepMark look={MARKS[step.state]}>
            {step.state === 'done' ? (
              <IconCheck size={14} stroke={2.5} />
            ) : step.state === 'failed' ? (
              <IconX size={14} stroke={2.5} />
            ) : (
              index + 1
            )}
          </StepMark>
          <div className={classes.body}>
            <h3 className={classes.title}>
              {step.title} <span className={classes.word}>{WORDS[step.state]}</span>
            </h3>
            <p className={classes.text}>{step.text}</p>
            {contentOf(step)}
          </div>
        </li>
      ))}
    </ol>
  );
}
