import { Button, Text } from '@mantine/core';
import type { StepReport } from '../../../../server/contract/stores.ts';
import { Miniature } from './miniature.tsx';
import classes from './progress.module.css';
import { StepList } from './step-list.tsx';
import type { NewStore } from './use-new-store.ts';

interface RunningViewProps {
  readonly store: NewStore;
  readonly steps: readonly StepReport[];
  readonly onClose: () => void;
}

/** The steps of making a store, ticking as they are done. */
export function RunningView({ store, steps, onClose }: RunningViewProps) {
  return (
    <div className={classes.view}>
      <div className={classes.main}>
        <Text fw={600} size="lg">
          Creating {store.form.draft.name.trim()}
        </Text>
        <StepList steps={steps} />
        <div>
          <Button variant="default" onClick={onClose}>
            Finish in the background
          </Button>
        </div>
      </div>
      <div>
        <Miniature store={store} />
      </div>
    </div>
  );
}
