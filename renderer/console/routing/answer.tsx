import { Title, VisuallyHidden } from '@mantine/core';
import type { Resolution } from '../../../server/contract/requests.ts';
import { Ladder } from '../../shared/ladder.tsx';
import classes from './answer.module.css';
import { DecisionFlow } from './decision-flow.tsx';
import { outcomeWords } from './flow.ts';
import { LatestRequest } from './latest-request.tsx';
import { OutcomeCard } from './outcome-card.tsx';
import type { WhatIf } from './what-if.ts';

interface AnswerProps {
  readonly asked: WhatIf;
  readonly resolution: Resolution;
  /** True while this is still the answer to what was typed before. */
  readonly isOld: boolean;
}

/** The decision drawn, what came of it, and every rule with its details. */
export function Answer({ asked, resolution, isOld }: AnswerProps) {
  const words = outcomeWords(resolution);
  return (
    <div className={classes.answer} aria-busy={isOld}>
      <VisuallyHidden role="status">{isOld ? '' : `${words.title}: ${words.text}`}</VisuallyHidden>
      <DecisionFlow resolution={resolution} method={asked.method} />
      <OutcomeCard resolution={resolution} asked={asked}>
        {isOld ? null : <LatestRequest asked={asked} resolution={resolution} />}
      </OutcomeCard>
      <section className={classes.rules} aria-labelledby="rules-heading">
        <Title order={2} id="rules-heading">
          Rule by rule
        </Title>
        <Ladder ladder={resolution.ladder} store={resolution.store} />
      </section>
    </div>
  );
}
