/** The designed states of lists and screens: loading has skeletons of the final size, these are empty and error. */
import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './states.module.css';

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What this is and what to do next. */
  readonly children: ReactNode;
  /** The one button. */
  readonly action?: ReactNode;
}

/** Nothing here yet: says what would be here and offers one thing to do. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <Stack className={classes.state} align="center" gap="xs">
      <div className={classes.icon} aria-hidden="true">
        {icon}
      </div>
      <Text fw={600} size="lg">
        {title}
      </Text>
      <Text c="dimmed" maw={440} ta="center">
        {children}
      </Text>
      {action ? <div className={classes.action}>{action}</div> : null}
    </Stack>
  );
}

interface ErrorStateProps {
  /** What could not be done, such as `The stores could not be read`. */
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
}

/** Something failed: what happened, what the server said, and another try. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  return (
    <Stack className={classes.state} align="center" gap="xs" role="alert">
      <Text fw={600} size="lg">
        {title}
      </Text>
      <Text c="dimmed" maw={520} ta="center">
        {error.message}
      </Text>
      {onRetry ? (
        <Button variant="default" mt="xs" onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </Stack>
  );
}
