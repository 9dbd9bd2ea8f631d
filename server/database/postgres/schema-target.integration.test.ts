/** Migrations take as long as they take: what ends a request's statement does not end theirs. */
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../testing/postgres-server.ts';
import { settingsOf } from '../../testing/test-backends.ts';
import { withMigrationLock } from './migration-lock.ts';
import { createPostgresPool } from './pool.ts';
import { schemaTarget } from './schema-target.ts';
import { sequelizeOver } from './sequelize.ts';

const ASK = "SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock";

it('lifts the time limit of statements for a migration and for who waits for one, and for nobody else', async () => {
  const told: string[] = [];
  const settings = settingsOf(await createTestDatabase());
  const pool = createPostgresPool(settings, { max: 1, onChangedSession: (what) => told.push(what) });
  const limits = () => pool.use(async (client) => (await client.query(ASK)).rows[0]);
  const usual = await limits();
  expect(usual?.statement).not.toBe('0');

  const [inside] = await schemaTarget(sequelizeOver(pool), 'public', undefined).transaction((session) =>
    session.query<{ statement: string }>(ASK),
  );
  expect(inside?.statement).toBe('0');
  expect(await limits()).toEqual(usual);

  const other = createPostgresPool(settings, { max: 1 });
  const waiting = `SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  const watch = createPostgresPool(settings, { max: 1 });
  let second: Promise<void> | null = null;
  await withMigrationLock(pool, async () => {
    second = withMigrationLock(other, async () => undefined);
    await expect.poll(() => watch.use(async (client) => (await client.query(waiting)).rows[0]?.count)).toBe(1);
  });
  await second;
  expect(await limits()).toEqual(usual);
  expect(told).toEqual([]);
  await Promise.all([pool.close(), other.close(), watch.close()]);
});
