import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { desktop, useDesktopServerState } from '../../shared/desktop.ts';
import { notifyFailed } from '../../shared/notify.tsx';
import { useConnection, useReconnect } from '../api/events.tsx';
import classes from './connection-banner.module.css';

/** How long a break may last before it is worth a word: a restart takes about a second. */
const PATIENCE_MS = 700;

/** Says when the server does not answer, what is being done about it, and that nothing typed is lost. */
export function ConnectionBanner() {
  const connection = useConnection();
  const serverState = useDesktopServerState();
  const isLost = useLasting(connection === 'lost', PATIENCE_MS);
  if (connection === 'signed-out') return <SignedOut />;
  if (!isLost) return null;
  return (
    <div className={classes.banner} data-tone="bad" role="alert">
      <span>
        <strong>The server does not answer.</strong> {advice(serverState)} What you typed stays here, and this page
        continues as soon as it answers.
      </span>
      {desktop ? (
        <Button size="compact-sm" variant="default" onClick={() => void desktop?.restartServer()}>
          Start it again
        </Button>
      ) : null}
    </div>
  );
}

/** The session is over: the window signs itself in again, a browser needs a new link. */
function SignedOut() {
  const reconnect = useReconnect();
  const signIn = () => {
    if (!desktop) return reconnect();
    desktop.signIn().then(
      (isSignedIn) => {
        if (isSignedIn) reconnect();
        else notifyFailed('Signing in did not work', new Error('Close the window and open it again.'));
      },
      (error: Error) => notifyFailed('Signing in did not work', error),
    );
  };
  return (
    <div className={classes.banner} data-tone="warn" role="alert">
      <span>
        <strong>Signed out.</strong> The session has ended.{' '}
        {desktop ? (
          'Sign in again to go on.'
        ) : (
          <>
            Run <code className="mono">npx orion console</code>, open the link in another tab, then try again here.
          </>
        )}
      </span>
      <Button size="compact-sm" variant="default" onClick={signIn}>
        {desktop ? 'Sign in again' : 'Try again'}
      </Button>
    </div>
  );
}

function advice(serverState: string | null): string {
  if (serverState === 'restarting' || serverState === 'starting') return 'It is being started again.';
  if (desktop) return 'Starting it again may help.';
  return 'Start it with npm start; the page asks again every half second.';
}

/** True once `isTrue` has been true for `afterMs` without a break. */
function useLasting(isTrue: boolean, afterMs: number): boolean {
  const [isLasting, setLasting] = useState(false);
  useEffect(() => {
    if (!isTrue) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), afterMs);
    return () => clearTimeout(timer);
  }, [isTrue, afterMs]);
  return isTrue && isLasting;
}
