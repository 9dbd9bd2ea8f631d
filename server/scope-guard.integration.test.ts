/** The scope guard in a running server: set by configuration, counted in the metrics, quiet about what the server does. */
import { describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from './testing/test-platform.ts';

const planted = 'SELECT count(*) AS count FROM products';

async function plant(platform: TestPlatform): Promise<void> {
  const [store] = await platform.parts.directory.all();
  if (!store) throw new Error('The test needs a store.');
  await platform.parts.backend.use(store, (database) => database.query(planted));
}

const counted = async (platform: TestPlatform) =>
  (await platform.ask({ host: 'localhost:{port}', path: '/metrics' })).text
    .split('\n')
    .filter((line) => line.startsWith('scope_guard_violations_total{'));

describe('the scope guard of a server', () => {
  it('refuses by default, counts it under the store’s code, and has nothing against pages and orders', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const host = 'techstore.localhost:{port}';
    for (const path of ['/', '/products', '/data/', '/cart'])
      expect((await platform.ask({ host, path })).status, path).toBeLessThan(500);
    expect((await platform.askConsole({ path: '/api/stores/techstore' })).status).toBe(200);
    expect(await counted(platform)).toEqual([]);

    await expect(plant(platform)).rejects.toMatchObject({ code: 'unscoped_statement' });

    expect(await counted(platform)).toEqual(['scope_guard_violations_total{store="techstore",kind="missing"} 1']);
  });

  it('lets it run and counts it with --scope-guard log', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore', flags: ['--scope-guard', 'log'] });
    await plant(platform);
    expect(await counted(platform)).toEqual(['scope_guard_violations_total{store="techstore",kind="missing"} 1']);
  });

  it('does not look with --scope-guard off', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore', flags: ['--scope-guard', 'off'] });
    await plant(platform);
    expect(await counted(platform)).toEqual([]);
  });
});
