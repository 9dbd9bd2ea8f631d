import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';

interface RunButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly variant?: 'filled' | 'default';
  readonly isRunning: boolean;
  readonly onRun: () => void;
  /** Waits no longer for the answer; what was there before stays. */
  readonly onStop: () => void;
}

/** Starts something that takes seconds; while it runs, the same button stops it. */
export function RunButton({ label, icon, variant = 'filled', isRunning, onRun, onStop }: RunButtonProps) {
  return (
    <Button
      miw={132}
      variant={isRunning ? 'default' : variant}
      leftSection={isRunning ? <Loader size={14} aria-hidden="true" /> : icon}
      onClick={isRunning ? onStop : onRun}
    >
      {isRunning ? 'Stop' : label}
    </Button>
  );
}
