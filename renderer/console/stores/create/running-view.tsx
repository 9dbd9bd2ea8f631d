import { Button, Text } from '@mantine/core';
import type { StepReport } from '../../../../server/contract/stores.ts';
import classes from './progress.module.css';
import { StepList } from './step-list.tsx';

interface RunningViewProps {
  readonly name: string;
  readonly steps: readonly StepReport[];
  readonly onClose: () => void;
}

/** The steps of making a store, ticking as they are done. */
export function RunningView({ name, steps, onClose }: RunningViewProps) {
  return (
    <div className={classes.view}>
      <Text fw={600} size="lg">
        Creating {name}
      </Text>
      <StepList steps={steps} />
      <Button variant="default" onClick={onClose}>
        Finish in the background
      </Button>
    </div>
  );
}
