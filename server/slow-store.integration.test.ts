/** On a real Postgres: stores answer while the statements of one of them never end. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, runSql } from './testing/postgres-server.ts';
import { startTestPlatform } from './testing/test-platform.ts';

const OTHERS = ['two', 'three', 'four', 'five'];

describe.each(['row', 'schema', 'database'])('postgres/%s', (isolation) => {
  it('serves the others while one store hangs with all the connections it can get, then serves it again', async () => {
    const url = await createTestDatabase();
    const flags = ['--engine', 'postgres', '--database-url', url, '--database-connections', '8'];
    const platform = await startTestPlatform({ isolation, flags });
    const release = () =>
      runSql(url, (client) =>
        client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`,
        ),
      );
    onTestFinished(async () => void (await release()));
    for (const name of ['One', ...OTHERS])
      await platform.askConsole({ method: 'POST', path: '/api/stores', body: { name } });
    const { backend, directory, limitParts } = platform.parts;
    const slow = (await directory.byCode('one')).value;
    if (!slow) throw new Error('the store was not made');

    // More than the platform has; each holds a connection until it is ended from outside.
    const hanging = Array.from({ length: 12 }, () =>
      backend.use(slow, (database) => database.query('SELECT pg_sleep(600)')).catch((error: unknown) => error),
    );
    const held = () => limitParts.connections.usage(slow.id);
    await expect.poll(() => held().used + held().waiting).toBe(12);

    const pages = await Promise.all(
      OTHERS.flatMap((code) => [1, 2, 3].map(() => platform.ask({ host: `${code}.localhost:{port}` }))),
    );
    expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
    expect(held().waiting).toBeGreaterThan(0);

    await expect
      .poll(async () => (await release()).rowCount === 0 && held().used + held().waiting === 0, {
        timeout: 60_000,
      })
      .toBe(true);
    for (const failed of await Promise.all(hanging)) expect(failed).toBeInstanceOf(Error);
    await expect
      .poll(async () => (await platform.ask({ host: 'one.localhost:{port}' })).status, { timeout: 30_000 })
      .toBe(200);
  });
});
