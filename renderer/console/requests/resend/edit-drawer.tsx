import { Button, Skeleton } from '@mantine/core';
import drawer from '../../../shared/side-drawer.module.css';
import { SideDrawer } from '../../../shared/side-drawer.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { EditForm } from './edit-form.tsx';

interface EditDrawerProps {
  /** The request to begin with; null: the drawer is closed. */
  readonly requestId: string | null;
  readonly onClose: () => void;
}

/** Changes a request and sends it again. */
export function EditDrawer({ requestId, onClose }: EditDrawerProps) {
  return (
    <SideDrawer isOpen={requestId !== null} onClose={onClose} size={640} title="Edit and resend">
      {requestId === null ? null : <EditLoaded key={requestId} requestId={requestId} onClose={onClose} />}
    </SideDrawer>
  );
}

function EditLoaded({ requestId, onClose }: { readonly requestId: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useRead('getRequest', { params: { id: requestId } });
  if (error)
    return (
      <div className={drawer.scroll}>
        <ErrorState title="The request could not be read" error={error} onRetry={() => void refetch()} />
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </div>
    );
  if (!data)
    return (
      <div className={drawer.scroll}>
        <Skeleton height={480} />
      </div>
    );
  return <EditForm request={data} onClose={onClose} />;
}
