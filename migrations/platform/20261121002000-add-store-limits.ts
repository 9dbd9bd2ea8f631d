import type { Migration } from '../../server/database/migrator.ts';

/**
 * Keeps what stores may use beyond or below the defaults. On Postgres, where several processes can serve one platform,
 * also the API requests that were counted: unlogged, because a minute's count is worth nothing after a crash.
 */
export const addStoreLimits: Migration = {
  name: '20261121002000-add-store-limits',
  async up({ engine, run, types: t }) {
    await run(`CREATE TABLE IF NOT EXISTS store_limits (
      store_id ${t.integer} PRIMARY KEY NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
      requests_per_minute ${t.integer},
      connections ${t.integer},
      storage_megabytes ${t.integer},
      concurrent_jobs ${t.integer},
      updated_at ${t.timestamp} NOT NULL
    )`);
    if (engine === 'postgres')
      await run(`CREATE UNLOGGED TABLE IF NOT EXISTS request_counts (
        key TEXT PRIMARY KEY NOT NULL,
        points INTEGER NOT NULL DEFAULT 0,
        expire BIGINT
      )`);
  },
  async down({ engine, run }) {
    if (engine === 'postgres') await run('DROP TABLE IF EXISTS request_counts');
    await run('DROP TABLE IF EXISTS store_limits');
  },
};
