import type { ScopeGuard } from '../guard/scope-guard.ts';
import type { Migration } from '../migrator.ts';
import type { AnyTableDefinition } from '../model.ts';
import type { PoolOptions } from '../postgres/pool.ts';
import type { PostgresSettings } from '../postgres/settings.ts';

export interface PostgresBackendOptions {
  /** The database that has, or would have, the platform's tables. */
  readonly settings: PostgresSettings;
  readonly tables: readonly AnyTableDefinition[];
  readonly migrations: readonly Migration[];
  readonly guard?: ScopeGuard | undefined;
  readonly onStatement?: PoolOptions['onStatement'];
  readonly onChangedSession?: PoolOptions['onChangedSession'];
  /** Connections at once, in all. */
  readonly maxConnections: number;
  /** Connections at once to the database of one store. */
  readonly maxConnectionsPerStore: number;
  /** Stores whose place was looked at and is remembered. */
  readonly maxOpenStores: number;
}

/** What pools of a backend have in common. */
export function poolOptions(options: PostgresBackendOptions, max: number): PoolOptions {
  const { guard, onStatement, onChangedSession } = options;
  return { guard, onStatement, max, ...(onChangedSession ? { onChangedSession } : {}) };
}
