import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteFile } from './database/sqlite-file.ts';
import { ask } from './testing/http.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { startTestPlatform } from './testing/test-platform.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

function run(...argv: string[]) {
  return spawnSync(process.execPath, [MAIN, '--json', '--log-level', 'warn', ...argv], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, ORION_DATA_DIR: temporaryFolder() },
  });
}

/** A port that something else holds while the test runs. */
async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as { port: number }).port;
}

describe('the server as a process', () => {
  it('prints exactly one line of JSON on standard output, and ends cleanly when told', async () => {
    const dataDir = temporaryFolder();
    const child = spawn(process.execPath, [
      MAIN,
      '--json',
      '--port',
      '0',
      '--data-dir',
      dataDir,
      '--fixtures',
      'techstore',
    ]);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.endsWith('\n')) child.kill('SIGTERM');
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));

    expect(code).toBe(0);
    const lines = output.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    const ready = JSON.parse(lines[0] ?? '');
    expect(Object.keys(ready)).toEqual(['event', 'url', 'console', 'signIn', 'https', 'engine', 'isolation', 'pid']);
    expect(ready).toMatchObject({
      event: 'ready',
      engine: 'sqlite',
      isolation: 'database',
      https: null,
      pid: child.pid,
      url: expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
      signIn: expect.stringMatching(/^http:\/\/admin\.localhost:\d+\/sign-in\?token=[\w-]{43}$/),
    });
    expect(readdirSync(dataDir)).not.toContain('server.json');
  });

  // Every write to it fails as on a full disk; only Linux has it.
  it.skipIf(!existsSync('/dev/full'))('serves on while its log and its warnings cannot be written', async () => {
    const full = openSync('/dev/full', 'w');
    const flags = ['--json', '--port', '0', '--data-dir', temporaryFolder(), '--fixtures', 'techstore'];
    const child = spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', full] });
    closeSync(full);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (chunk) => resolve(String(chunk)));
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const port = Number(new URL((JSON.parse(line) as { url: string }).url).port);

    for (const path of ['/', '/nothing-here', '/'])
      expect((await ask(port, { host: 'techstore.localhost', path })).status).toBe(path === '/' ? 200 : 404);
  });

  it('lists every fault of its flags at once and ends with 2', () => {
    const { status, stderr, stdout } = run('--port', 'x', '--nonsense', '1');

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--port: must be a number');
    expect(stderr).toContain('--nonsense: is not a flag');
  });

  it('names a port that is in use, when that port was asked for', async () => {
    const port = await takenPort();
    const { status, stderr } = run('--port', String(port), '--fixtures', 'none');

    expect(status).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use by another program`);
  });

  it('says what of a backend is not there', () => {
    expect(run('--isolation', 'schema', '--fixtures', 'none')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('SQLite has no schemas'),
    });
  });

  it('says which demo stores there are, when one is not', () => {
    expect(run('--fixtures', 'nonsense')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There are some for fashion, orion, techstore'),
    });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() !== 0)(
    'refuses a read-only folder in a sentence (as another user, which only root can become)',
    () => {
      const dataDir = join(temporaryFolder(), 'data');
      mkdirSync(dataDir);
      chmodSync(dataDir, 0o555);
      chmodSync(join(dataDir, '..'), 0o755);
      const code = `process.setuid(65534); const { openDataFolder } = await import(${JSON.stringify(join(import.meta.dirname, 'network/data-folder.ts'))}); try { await openDataFolder(${JSON.stringify(dataDir)}); } catch (error) { console.log(error.message); }`;
      const { stdout } = spawnSync(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          `await import(${JSON.stringify(join(import.meta.dirname, 'network/data-folder.ts'))}); ${code}`,
        ],
        { encoding: 'utf8' },
      );

      expect(stdout).toContain('is read-only for this user');
    },
  );
});

describe('the data folder', () => {
  it('is not given to a second server, and stays whole', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const { status, stderr } = run('--data-dir', platform.dataDir, '--port', '0');

    expect(status).toBe(1);
    expect(stderr).toContain(`in use by process ${process.pid}, which serves on port ${platform.port}`);
    expect((await platform.ask({ host: 'techstore.localhost', path: '/data' })).status).toBe(200);
  });

  it('keeps its backend: another one is refused, none named is the kept one', async () => {
    const first = await startTestPlatform({ isolation: 'row', fixtures: 'techstore' });
    await first.stop();

    expect(run('--data-dir', first.dataDir, '--isolation', 'database')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is on sqlite/row. Start without --isolation database'),
    });
    const { loadConfig } = await import('./config.ts');
    const { startPlatform } = await import('./start.ts');
    const { createLogger } = await import('./observability/log.ts');
    const again = await startPlatform(
      loadConfig({ argv: ['--port', '0', '--data-dir', first.dataDir], env: {}, cwd: first.dataDir }),
      createLogger({ level: 'silent', format: 'json' }),
    );
    onTestFinished(() => again.stop());
    expect(again.parts.backend.isolation).toBe('row');
  });

  it('does not load deleted demo stores again', async () => {
    const first = await startTestPlatform({ fixtures: 'techstore,fashion' });
    await first.askConsole({ method: 'DELETE', path: '/api/stores/fashion' });
    await first.stop();

    const second = await startTestPlatform({ dataDir: first.dataDir, fixtures: 'techstore,fashion' });
    expect((await second.parts.stores.list()).map((store) => store.code)).toEqual(['techstore']);
  });

  it('of a newer version is refused and stays as it was', async () => {
    const first = await startTestPlatform({ fixtures: 'none' });
    await first.stop();
    const file = join(first.dataDir, 'platform.sqlite');
    const opened = openSqliteFile({ filename: file, tables: [] });
    await opened.sequelize.query("INSERT INTO schema_migrations VALUES ('20990101000000-newer', '2099')");
    await opened.close();

    expect(run('--data-dir', first.dataDir)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('newer version'),
    });
  });
});
