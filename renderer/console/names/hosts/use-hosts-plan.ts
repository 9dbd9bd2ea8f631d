import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { HostsActionInput, HostsPlan, HostsState } from '../../../../server/contract/names.ts';
import { call } from '../../api/client.ts';

/** What an action would change in the file, for the file and the names as they are now. */
export function useHostsPlan(action: HostsActionInput, state: HostsState | undefined, isEnabled = true) {
  // The plan belongs to a file and to what it must hold: another of either is another plan.
  const about = [state?.hash, state?.settings.ipv6, state?.wanted.map(({ name }) => name).join(' ')];
  return useQuery<HostsPlan>({
    queryKey: ['planHosts', action, ...about],
    queryFn: ({ signal }) => call('planHosts', { body: action }, signal),
    enabled: isEnabled && state !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
