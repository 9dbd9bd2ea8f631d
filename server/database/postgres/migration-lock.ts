import type { PostgresPool } from './pool.ts';

/** `OR` in ASCII: keeps this program's advisory locks apart from others'. */
export const LOCK_CLASS = 0x4f52;
const MIGRATIONS = -1;

/** Runs `work` while no other process that serves the same database migrates. */
export function withMigrationLock<Result>(pool: PostgresPool, work: () => Promise<Result>): Promise<Result> {
  return pool.use(async (client) => {
    const key = [LOCK_CLASS, MIGRATIONS];
    // Another process may take as long as its migrations do.
    await client.query('SET lock_timeout = 0; SET statement_timeout = 0');
    await client.query({ text: 'SELECT pg_advisory_lock($1, $2)', values: key });
    try {
      return await work();
    } finally {
      await client.query({ text: 'SELECT pg_advisory_unlock($1, $2)', values: key });
      await client.query('RESET lock_timeout; RESET statement_timeout');
    }
  });
}
