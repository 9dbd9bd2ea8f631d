import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackendId, BackendOverview } from '../../../../server/contract/backends.ts';
import { SideDrawer } from '../../../shared/side-drawer.tsx';
import { applySwitch } from '../../api/apply-switch.ts';
import { useChange } from '../../api/queries.ts';
import { maskUrl } from './database-url.ts';
import { PlanStep } from './plan-step.tsx';
import { canChoose, choose, inputOf, NO_TARGET, type Target } from './target.ts';
import { TargetStep } from './target-step.tsx';

interface SwitchDrawerProps {
  readonly overview: BackendOverview;
  readonly isOpen: boolean;
  /** What was chosen on the page, or null. */
  readonly initial: BackendId | null;
  readonly onClose: () => void;
  /** Asks before what a backend still holds is removed. */
  readonly onDrop: (id: BackendId) => void;
}

/** A panel at the right that moves the platform: where to, what that means, go. What was typed goes with it. */
export function SwitchDrawer({ isOpen, onClose, ...rest }: SwitchDrawerProps) {
  return (
    <SideDrawer isOpen={isOpen} onClose={onClose} size={600} title="Switch backend">
      <Steps onClose={onClose} {...rest} />
    </SideDrawer>
  );
}

function Steps({ overview, initial, onClose, onDrop }: Omit<SwitchDrawerProps, 'isOpen'>) {
  const client = useQueryClient();
  const [target, setTarget] = useState<Target>(() =>
    initial && canChoose(initial, overview.current) ? choose(NO_TARGET, initial, overview.current) : NO_TARGET,
  );
  const [isPlanShown, setPlanShown] = useState(false);
  const planning = useChange('planSwitch');
  const starting = useChange('startSwitch');
  const input = inputOf(target);
  const plan = () => {
    if (!input) return;
    setPlanShown(true);
    starting.reset();
    planning.mutate({ body: input });
  };
  if (!isPlanShown || !input)
    return <TargetStep overview={overview} target={target} onChange={setTarget} onPlan={plan} onClose={onClose} />;
  const start = () =>
    starting.mutate(
      { body: input },
      {
        onSuccess: (status) => {
          applySwitch(client, status);
          onClose();
        },
      },
    );
  return (
    <PlanStep
      plan={planning.data}
      address={input.databaseUrl === undefined ? null : maskUrl(input.databaseUrl)}
      error={planning.error}
      isPlanning={planning.isPending}
      isStarting={starting.isPending}
      startError={starting.error}
      onBack={() => setPlanShown(false)}
      onAgain={plan}
      onStart={start}
      onDrop={() => onDrop(input.to)}
    />
  );
}
