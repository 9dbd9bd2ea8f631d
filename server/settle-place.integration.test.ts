/** Which backend a platform is on is decided once, also when two servers begin it at the same moment. */
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from './config.ts';
import { openDataFolder } from './network/data-folder.ts';
import { createLogger } from './observability/log.ts';
import { placeOpener } from './open-place.ts';
import { keepPlace, settleIsolation, settlePlace } from './settle-place.ts';
import { createTestDatabase, runSql } from './testing/postgres-server.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** A server up to where it has looked at what the database says, and not yet written. */
async function begin(databaseUrl: string, wanted: string) {
  const dataDir = temporaryFolder();
  const argv = ['--data-dir', dataDir, '--engine', 'postgres', '--database-url', databaseUrl, '--isolation', wanted];
  const config = loadConfig({ argv, env: {}, cwd: dataDir });
  const folder = await openDataFolder(dataDir);
  const log = createLogger({ level: 'silent', format: 'json' });
  const place = await placeOpener({ config, folder, log })(await settlePlace(config, folder));
  onTestFinished(() => folder.release());
  onTestFinished(() => place.close());
  const isolation = await settleIsolation(place, config, folder);
  return { place, keep: () => keepPlace(place, isolation, folder) };
}

it('lets one of two servers begin a platform, and tells the other which isolation it is on', async () => {
  const databaseUrl = await createTestDatabase();
  const servers = [await begin(databaseUrl, 'schema'), await begin(databaseUrl, 'row')];

  const outcomes = await Promise.allSettled(servers.map(({ keep }) => keep()));

  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
  const kept = await servers[0]?.place.platform.readSetting('backend');
  expect(refused).toEqual([expect.stringContaining(`The platform of this data folder is on ${kept}.`)]);
});

it('refuses a platform of a newer version, and ends', async () => {
  const databaseUrl = await createTestDatabase();
  const { place } = await begin(databaseUrl, 'schema');
  await place.close();
  await runSql(databaseUrl, (client) =>
    client.query("INSERT INTO platform.schema_migrations (name, executed_at) VALUES ('2099-newer', now())"),
  );

  await expect(begin(databaseUrl, 'schema')).rejects.toThrow('newer version');

  const others = 'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
  await expect.poll(async () => (await runSql(databaseUrl, (client) => client.query(others))).rowCount).toBe(0);
});
