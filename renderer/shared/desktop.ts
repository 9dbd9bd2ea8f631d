import { useEffect, useState } from 'react';
import type { DesktopBridge } from '../../electron/bridge.ts';

/** What the desktop window offers; undefined in a plain browser. Everything has a way without it. */
export const desktop: DesktopBridge | undefined = (globalThis as { readonly orionDesktop?: DesktopBridge })
  .orionDesktop;

/** What the desktop window says of the server's process; null in a plain browser. */
export function useDesktopServerState(): string | null {
  const [state, setState] = useState<string | null>(null);
  useEffect(() => desktop?.onServerState(({ status }) => setState(status)), []);
  return state;
}
