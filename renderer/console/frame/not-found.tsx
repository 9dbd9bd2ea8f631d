import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { Page } from '../../shared/page.tsx';
import { EmptyState } from '../../shared/states.tsx';

/** An address of the console that leads nowhere. */
export function NotFound() {
  const { pathname } = useLocation();
  return (
    <Page title="Not found">
      <EmptyState
        icon={<IconMapOff size={24} />}
        title="There is no such screen"
        action={
          <Button component={Link} to="/">
            Go to the overview
          </Button>
        }
      >
        The console has nothing at <code className="mono">{pathname}</code>. Ctrl or ⌘ with K finds every screen and
        store.
      </EmptyState>
    </Page>
  );
}
