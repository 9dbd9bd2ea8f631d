import { Button, Drawer, Skeleton } from '@mantine/core';
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
    <Drawer
      opened={requestId !== null}
      onClose={onClose}
      position="right"
      size={640}
      title="Edit and resend"
      padding="lg"
    >
      {requestId === null ? null : <EditLoaded key={requestId} requestId={requestId} onClose={onClose} />}
    </Drawer>
  );
}

function EditLoaded({ requestId, onClose }: { readonly requestId: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useRead('getRequest', { params: { id: requestId } });
  if (error)
    return (
      <>
        <ErrorState title="The request could not be read" error={error} onRetry={() => void refetch()} />
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </>
    );
  if (!data) return <Skeleton height={480} />;
  return <EditForm request={data} onClose={onClose} />;
}
