import type { EventEmitter } from 'node:events';
import type { ListedStore } from '../contract/stores.ts';
import { inTurns } from '../tenancy/in-turns.ts';
import { migrateProgress, type ProgressOutput } from './migrate-progress.ts';

/** A store as it is told of. */
export type NamedStore = Pick<ListedStore, 'code' | 'schemaName'>;

/** What became of one store. */
export interface MigratedStore {
  readonly code: string;
  readonly schemaName: string;
  readonly state: 'migrated' | 'current' | 'behind' | 'failed' | 'cancelled';
  /** Migrations that were run; those that lack when the store is only looked at. */
  readonly migrations: readonly string[];
  /** Names migration and store. */
  readonly error: string | null;
}

/** Several stores at once; Ctrl-C lets those that run end and begins no other, a second one ends at once. */
export async function workOn(
  stores: readonly NamedStore[],
  parallel: number,
  work: (store: NamedStore) => Promise<MigratedStore>,
  { signals = process, output = process.stderr }: { signals?: EventEmitter; output?: ProgressOutput } = {},
): Promise<MigratedStore[]> {
  const progress = migrateProgress(stores.length, output);
  const turn = inTurns(parallel);
  let isCancelled = false;
  const cancel = () => {
    isCancelled = true;
    progress.say('Cancelled: what runs is finished first.');
  };
  signals.once('SIGINT', cancel);
  try {
    return await Promise.all(
      stores.map((store) =>
        turn(async () => {
          const done = isCancelled ? migratedStore(store, 'cancelled') : await work(store);
          progress.count(done);
          return done;
        }),
      ),
    );
  } finally {
    signals.off('SIGINT', cancel);
    progress.end();
  }
}

/** What became of a store. */
export function migratedStore(
  { code, schemaName }: NamedStore,
  state: MigratedStore['state'],
  migrations: readonly string[] = [],
  error: string | null = null,
): MigratedStore {
  return { code, schemaName, state, migrations, error };
}
