import type { Overview } from '../../../server/contract/server.ts';
import { backendLabel, count } from '../../shared/format.ts';
import { useConnection } from '../api/events.tsx';

/** One line that says all is well, or what is not. */
export function HealthLine({ overview }: { readonly overview: Overview | undefined }) {
  const connection = useConnection();
  if (connection === 'lost') return <>The server does not answer; what is shown is from before.</>;
  if (!overview) return <>&nbsp;</>;
  const unwell = overview.health.filter(({ isHealthy }) => !isHealthy);
  if (unwell.length > 0)
    return <>{unwell.map(({ name, message }) => `${name.replaceAll('_', ' ')}: ${message}`).join('; ')}</>;
  const { total, active } = overview.stores;
  const { engine, isolation } = overview.server;
  const closed = total - active;
  const stores =
    total === 0 ? 'no stores yet' : `${count(active, 'store')} open${closed > 0 ? `, ${closed} closed` : ''}`;
  const errors = overview.traffic.reduce((sum, store) => sum + store.errorsPerMinute, 0);
  const state = errors > 0 ? `${count(errors, 'server error')} in the last minute` : 'All is well';
  return (
    <>
      {state}: {stores} on {backendLabel(engine, isolation)}.
    </>
  );
}
