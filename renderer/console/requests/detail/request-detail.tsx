import { Button, Skeleton } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { ProblemError } from '../../api/problem.ts';
import { useRead } from '../../api/queries.ts';
import { DetailHeader } from './detail-header.tsx';
import { DetailTabs } from './detail-tabs.tsx';
import classes from './request-detail.module.css';

interface RequestDetailProps {
  readonly requestId: string;
  readonly onClose: () => void;
  readonly onEdit: (requestId: string) => void;
  /** Compares it with the request that is chosen next. */
  readonly onMark: (requestId: string) => void;
  /** True where the list is hidden meanwhile: then there is a way back instead of a cross. */
  readonly replacesList: boolean;
}

/** One request with everything that was recorded of it. */
export function RequestDetail({ requestId, onClose, onEdit, onMark, replacesList }: RequestDetailProps) {
  const { data, error, isPlaceholderData, refetch } = useRead(
    'getRequest',
    { params: { id: requestId } },
    { keepsPrevious: true },
  );
  if (error) return <DetailFailure error={error} onClose={onClose} onRetry={() => void refetch()} />;
  if (!data) return <DetailSkeleton />;
  return (
    <div className={classes.detail} data-stale={isPlaceholderData} aria-busy={isPlaceholderData}>
      <DetailHeader
        request={data}
        onClose={onClose}
        onEdit={() => onEdit(data.requestId)}
        onMark={() => onMark(data.requestId)}
        replacesList={replacesList}
      />
      <DetailTabs request={data} />
    </div>
  );
}

interface DetailFailureProps {
  readonly error: Error;
  readonly onClose: () => void;
  readonly onRetry: () => void;
}

/** A request whose details are not there: forgotten, dropped for room, or the server does not answer. */
function DetailFailure({ error, onClose, onRetry }: DetailFailureProps) {
  if (!(error instanceof ProblemError) || error.status !== 404)
    return <ErrorState title="The request could not be read" error={error} onRetry={onRetry} />;
  const isDropped = error.code === 'request_details_dropped';
  return (
    <EmptyState
      icon={<IconUnlink size={24} />}
      title={isDropped ? 'Its details were dropped' : 'This request is not recorded any more'}
      action={
        <Button variant="default" onClick={onClose}>
          Back to the list
        </Button>
      }
    >
      {isDropped
        ? error.message
        : 'It was cleared, the server was started anew, or newer requests took its place. To keep more of them, start the server with a larger --trace-requests (ORION_TRACE_REQUESTS).'}
    </EmptyState>
  );
}

function DetailSkeleton() {
  return (
    <div className={classes.detail} aria-busy="true">
      <div className={classes.header}>
        <Skeleton height={24} width="60%" />
        <Skeleton height={16} width="80%" mt={8} />
        <Skeleton height={30} width={280} mt={12} />
      </div>
      <div className={classes.skeleton}>
        {Array.from({ length: 5 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else.
          <Skeleton key={index} height={64} mt={12} />
        ))}
      </div>
    </div>
  );
}
