import { Button } from '@mantine/core';
import { IconDoorOff, IconEyeOff, IconPlugConnectedX, IconQuestionMark } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { EmptyState } from '../../shared/states.tsx';

/** Why a pane shows no page. */
export type PaneTrouble = 'lost' | 'unknown' | 'closed' | 'unframable';

interface PaneMessageProps {
  readonly trouble: PaneTrouble;
  readonly code: string;
  readonly store: ListedStore | undefined;
  readonly address: string | null;
}

/** What stands in a pane instead of a browser's error page. */
export function PaneMessage({ trouble, code, store, address }: PaneMessageProps) {
  if (trouble === 'lost') {
    return (
      <EmptyState icon={<IconPlugConnectedX size={24} />} title="The server does not answer">
        The page is loaded again as soon as it does.
      </EmptyState>
    );
  }
  if (trouble === 'unknown' || !store) {
    return (
      <EmptyState icon={<IconQuestionMark size={24} />} title={`There is no store “${code}”`}>
        It may have been deleted. Choose another store above.
      </EmptyState>
    );
  }
  if (trouble === 'closed') {
    return (
      <EmptyState
        icon={<IconDoorOff size={24} />}
        title={`${store.name} is closed`}
        action={
          <Button component={Link} to={`/stores/${store.code}`} variant="default">
            Go to the store
          </Button>
        }
      >
        Its addresses answer with status 503. Its data is untouched, and the preview appears as soon as it is active
        again.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconEyeOff size={24} />}
      title="This page is not shown in frames"
      action={
        address ? (
          <Button component="a" href={address} target="_blank" rel="noreferrer" variant="default">
            Open in a new tab
          </Button>
        ) : null
      }
    >
      A store’s dashboard and API refuse to be framed, so that no other page can lure clicks onto them.
    </EmptyState>
  );
}
