import { SideDrawer } from '../../../shared/side-drawer.tsx';
import { CreateForm } from './create-form.tsx';
import { CreatedView } from './created-view.tsx';
import { RunningView } from './running-view.tsx';
import { useCreation } from './use-creation.ts';
import { useNewStore } from './use-new-store.ts';

interface CreateDrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A panel at the right that makes a store. Closing it loses nothing: what was typed stays, what runs goes on. */
export function CreateDrawer({ isOpen, onClose }: CreateDrawerProps) {
  const store = useNewStore(isOpen);
  const { creation, run, reset } = useCreation({ isShown: isOpen, onDone: store.startAnew });
  const close = () => {
    onClose();
    if (creation.phase === 'done') reset();
  };
  return (
    <SideDrawer
      isOpen={isOpen}
      onClose={close}
      size={960}
      title={creation.phase === 'done' ? 'The store is ready' : 'Create a store'}
    >
      {creation.phase === 'form' ? (
        <CreateForm store={store} creation={creation} onRun={run} onClose={close} />
      ) : creation.phase === 'running' ? (
        <RunningView store={store} steps={creation.steps} onClose={close} />
      ) : (
        <CreatedView store={creation.store} steps={creation.steps} onAnother={reset} />
      )}
    </SideDrawer>
  );
}
