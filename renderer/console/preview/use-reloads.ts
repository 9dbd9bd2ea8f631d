import { useEffect, useRef, useState } from 'react';
import { useConnection, useServerEvent } from '../api/events.tsx';

/**
 * Counts how often a store's pages have to be loaded anew: on demand, when the store was changed, and when
 * the server answers again after a break.
 */
export function useReloads(code: string): { readonly reloads: number; readonly reload: () => void } {
  const [reloads, setReloads] = useState(0);
  const connection = useConnection();
  const wasLost = useRef(false);
  const reload = () => setReloads((count) => count + 1);
  useServerEvent('store', (event) => {
    if (event.code === code) reload();
  });
  useEffect(() => {
    if (connection === 'open' && wasLost.current) setReloads((count) => count + 1);
    wasLost.current = connection === 'lost';
  }, [connection]);
  return { reloads, reload };
}
