import type { QueryClient } from '@tanstack/react-query';
import type { BackendOverview, SwitchStatus } from '../../../server/contract/backends.ts';

/** What the end of a move makes stale: where data lies is said in many places. */
const MOVED = ['backends', 'overview', 'server', 'getStore', 'storeData', 'storeTable', 'storeLimits'] as const;

/** Takes news of a move into what is shown; at its end everything that tells where data lies is read again. */
export function applySwitch(client: QueryClient, status: SwitchStatus): void {
  client.setQueryData<BackendOverview>(['backends', {}], (overview) => overview && withSwitch(overview, status));
  if (status.state !== 'running') for (const name of MOVED) void client.invalidateQueries({ queryKey: [name] });
}

/** The overview with a move as it is now: while it runs at its place, afterwards the latest of the history. */
export function withSwitch(overview: BackendOverview, status: SwitchStatus): BackendOverview {
  const history = overview.history.filter(({ id }) => id !== status.id);
  if (status.state !== 'running') return { ...overview, running: null, history: [status, ...history] };
  // News that was sent before the end may arrive after the end was read.
  return history.length < overview.history.length ? overview : { ...overview, running: status };
}
