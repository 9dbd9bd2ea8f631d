import type { MouseEvent } from 'react';
import { desktop } from './desktop.ts';
import { notifyFailed } from './notify.tsx';

/** For a link to a store: in the desktop app it opens in a window where every name works; in a browser it stays a link. */
export function openInApp(event: MouseEvent<HTMLAnchorElement>): void {
  if (!desktop) return;
  event.preventDefault();
  desktop.openStore(event.currentTarget.href).catch((error: Error) => notifyFailed('Not opened', error));
}
