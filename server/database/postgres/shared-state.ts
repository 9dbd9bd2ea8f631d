import type { SharedState } from '../shared-state.ts';
import { openChangeChannel } from './change-channel.ts';
import type { PostgresPool } from './pool.ts';
import { createPostgresCounter } from './request-counter.ts';

/**
 * What the processes that serve one platform on a Postgres have in common; closed through its `processes`.
 * @param schema the one of the platform's own tables
 * @throws {Error} the driver's, when it cannot connect
 */
export async function openPostgresSharedState(pool: PostgresPool, schema: string): Promise<SharedState> {
  return {
    processes: await openChangeChannel(pool.settings),
    requests: createPostgresCounter(pool, schema),
  };
}
