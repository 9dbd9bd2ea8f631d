import pg from 'pg';
import { type Options, Sequelize } from 'sequelize';
import { rememberCallers } from '../guard/remember-callers.ts';
import type { ScopeGuard } from '../guard/scope-guard.ts';
import type { PostgresClient, PostgresPool } from './pool.ts';

/** What of Sequelize's connection manager is put over the pool. */
interface ConnectionManager {
  getConnection(): Promise<PostgresClient>;
  releaseConnection(client: PostgresClient): void;
  destroyConnection(client: PostgresClient): Promise<void>;
  close(): Promise<void>;
}

/**
 * A Sequelize that borrows its connections from a pool instead of keeping its own, so that reads, writes, transactions
 * and migrations of a database share one bounded number of them. Its `close` does nothing: the pool is closed by
 * whoever made it.
 */
export function sequelizeOver(pool: PostgresPool, guard?: ScopeGuard): Sequelize {
  // Without a version it would open a connection of its own to ask for it; the types do not know the option.
  const options: Options & { readonly databaseVersion: string } = {
    dialect: 'postgres',
    dialectModule: pg,
    databaseVersion: '14.0.0',
    logging: false,
    retry: { max: 1 },
  };
  const sequelize = new Sequelize(options);
  const manager = (sequelize as unknown as { connectionManager: ConnectionManager }).connectionManager;
  manager.getConnection = () => pool.acquire();
  manager.releaseConnection = (client) => pool.release(client);
  manager.destroyConnection = async (client) => pool.release(client, new Error('the transaction could not be ended'));
  manager.close = async () => undefined;
  return rememberCallers(sequelize, guard);
}
