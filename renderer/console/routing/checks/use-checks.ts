import { useDebouncedCallback } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RouteCheck } from '../../../../server/contract/routing.ts';
import { notifyFailed } from '../../../shared/notify.tsx';
import { useServerEvent } from '../../api/events.tsx';
import { useChange, useRead } from '../../api/queries.ts';

const PAUSE_MS = 400;

/** The saved list of checks with the report on it. A change is judged and saved after a pause in typing. */
export function useChecks() {
  const saved = useRead('routeChecks', {});
  const save = useChange('saveRouteChecks');
  const client = useQueryClient();
  const [edited, setEdited] = useState<readonly RouteCheck[] | null>(null);
  const [settled, setSettled] = useState<readonly RouteCheck[] | null>(null);
  const checks = edited ?? saved.data?.checks ?? [];
  const judged = settled ?? saved.data?.checks ?? [];
  const body = { version: 1 as const, checks: [...judged] };
  const report = useRead('checkRoutes', { body }, { isEnabled: judged.length > 0, keepsPrevious: true });
  // A store that was made, closed or deleted changes where URLs lead.
  useServerEvent('store', () => void client.invalidateQueries({ queryKey: ['checkRoutes'] }));
  const keep = useDebouncedCallback((next: readonly RouteCheck[]) => {
    setSettled(next);
    save.mutate(
      { body: { version: 1, checks: [...next] } },
      { onError: (error) => notifyFailed('The checks were not saved', error) },
    );
  }, PAUSE_MS);
  const change = (next: readonly RouteCheck[]) => {
    setEdited(next);
    keep(next);
  };
  return { checks, judged, report, change, saved, isSaving: save.isPending || edited !== settled };
}
