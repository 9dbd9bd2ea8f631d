import { Button, Modal, Skeleton } from '@mantine/core';
import type { HostsActionInput, HostsState } from '../../../../server/contract/names.ts';
import { ErrorState } from '../../../shared/states.tsx';
import { DiffView } from './diff-view.tsx';
import classes from './hosts-tab.module.css';
import type { ApplyHosts } from './use-apply-hosts.ts';
import { useHostsPlan } from './use-hosts-plan.ts';

/** An action whose change is looked at before it is made. */
export type AskedAction = HostsActionInput & { readonly action: 'clean' | 'undo' | 'restore' };

const WORDS: Readonly<Record<AskedAction['action'], { readonly title: string; readonly button: string }>> = {
  clean: { title: 'Remove all names?', button: 'Remove all names' },
  undo: { title: 'Undo the last change?', button: 'Undo the change' },
  restore: { title: 'Restore this backup?', button: 'Restore the backup' },
};

interface PlanDialogProps {
  /** Null while nothing is asked. */
  readonly asked: AskedAction | null;
  readonly state: HostsState;
  readonly applying: ApplyHosts;
  readonly onClose: () => void;
}

/** Shows what an action would change in the file, and does it. */
export function PlanDialog({ asked, state, applying, onClose }: PlanDialogProps) {
  return (
    <Modal opened={asked !== null} onClose={onClose} title={asked ? WORDS[asked.action].title : ''} size={720}>
      {asked ? <Content asked={asked} state={state} applying={applying} onClose={onClose} /> : null}
    </Modal>
  );
}

function Content({ asked, state, applying, onClose }: PlanDialogProps & { readonly asked: AskedAction }) {
  const { data: plan, error, refetch, isPlaceholderData } = useHostsPlan(asked, state);
  const isKnown = plan !== undefined && !isPlaceholderData;
  const run = async () => {
    if (!plan) return;
    await applying.apply(plan, asked.backup);
    onClose();
  };
  return (
    <>
      {error ? (
        <ErrorState title="This cannot be done" error={error} onRetry={() => void refetch()} />
      ) : !isKnown ? (
        <Skeleton height={240} />
      ) : plan.changes ? (
        <div className={classes.dialogDiff}>
          <DiffView diff={plan.diff} label="What would change" />
        </div>
      ) : (
        <p>The file is already so: nothing would change.</p>
      )}
      <div className={classes.dialogButtons}>
        <span className={classes.dialogNote}>A backup of the file as it is now is kept.</span>
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep the file
        </Button>
        <Button disabled={!isKnown || !plan.changes} loading={applying.isBusy} onClick={() => void run()}>
          {WORDS[asked.action].button}
        </Button>
      </div>
    </>
  );
}
