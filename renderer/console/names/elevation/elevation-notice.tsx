import { Button } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { Elevation } from '../../../../server/contract/elevation.ts';
import { CommandLine } from '../../../shared/command-line.tsx';
import { Notice } from '../../../shared/notice.tsx';
import { messageOf } from '../../api/problem.ts';
import { elevator } from './elevate.ts';
import classes from './elevation-notice.module.css';

interface ElevationNoticeProps {
  readonly elevation: Elevation;
  /** Looks again whether it is done; returns what is still missing in a sentence, or null. */
  readonly onCheck: () => Promise<string | null>;
}

/** Work that needs administrator rights: one button in the desktop window, the exact command in a browser. */
export function ElevationNotice({ elevation, onCheck }: ElevationNoticeProps) {
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const elevate = elevator();
  const run = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setMessage(null);
    try {
      setMessage(await work());
    } catch (error) {
      setMessage(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const allow = async (ask: NonNullable<typeof elevate>) => (await ask(elevation.id)) ?? (await onCheck());
  return (
    <Notice tone="warn" icon={<IconShieldLock size={18} />} title="Administrator rights are needed" role="alert">
      <p className={classes.text}>
        {elevation.purpose}{' '}
        {elevate ? 'The system asks for the password.' : 'Run this in a terminal, then let it be checked.'}
      </p>
      {elevate ? (
        <div className={classes.buttons}>
          <Button size="xs" loading={isBusy} onClick={() => void run(() => allow(elevate))}>
            Allow…
          </Button>
        </div>
      ) : null}
      <details className={classes.manual} open={!elevate}>
        <summary hidden={!elevate}>Do it in a terminal</summary>
        <CommandLine text={elevation.command} />
        <div className={classes.buttons}>
          <Button size="xs" variant="default" loading={isBusy && !elevate} onClick={() => void run(onCheck)}>
            I ran it: check again
          </Button>
        </div>
      </details>
      <div role="status">{message ? <p className={classes.message}>{message}</p> : null}</div>
    </Notice>
  );
}
