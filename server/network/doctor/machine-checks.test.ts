/** Checks of the machine: what they say when it is well, and when it is not. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type Clocks, checkClock } from './clock.ts';
import { checkDataFolder } from './data-folder.ts';
import { findPortHolder, isFree, nextFreePort } from './port-holder.ts';
import { checkPorts, type PortLook } from './ports.ts';
import { checkProxy } from './proxy.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('ports', () => {
  const taken: PortLook = {
    isFree: async () => false,
    holder: async () => ({ pid: 812, command: 'nginx -g daemon', user: 'ann' }),
    nextFree: async () => 8002,
  };
  const http = { id: 'http', wanted: 8000, listening: null, isFixed: false, fault: null } as const;

  it('names who holds a port, and how to free it or move', async () => {
    const [finding] = await checkPorts([http], taken);

    expect(finding).toMatchObject({ id: 'port:http', status: 'warning' });
    expect(finding?.message).toContain('"nginx -g daemon" (process 812, user ann)');
    expect(finding?.fix?.command).toContain('812');
    expect(finding?.fix?.text).toContain('--port 8002');
  });

  it('fails where the port was named, because then no other is taken', async () => {
    expect((await checkPorts([{ ...http, isFixed: true }], taken))[0]?.status).toBe('failed');
  });

  it('says who has the wanted port when the server had to move', async () => {
    const [moved] = await checkPorts([{ ...http, listening: 8001 }], taken);
    expect(moved).toMatchObject({ status: 'warning', message: expect.stringContaining('listens on 8001') });
    const free = { ...taken, isFree: async () => true };
    expect((await checkPorts([{ ...http, listening: 8001 }], free))[0]?.status).toBe('ok');
  });

  it('says that the owner is another user when the system says no more', async () => {
    const foreign = { ...taken, holder: async () => ({ pid: null, command: null, user: 'root' }) };
    expect((await checkPorts([http], foreign))[0]?.message).toContain('a program of the user root');
  });

  it('offers to start HTTPS again', async () => {
    const [finding] = await checkPorts([{ ...http, id: 'https', fault: 'Port 8443 is in use.' }], taken);
    expect(finding?.fix?.action).toBe('restart-https');
  });

  it.runIf(process.platform === 'linux')('finds this very process behind a port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };

    expect(await findPortHolder(port)).toMatchObject({ pid: process.pid });
    expect(await isFree(port)).toBe(false);
    const next = await nextFreePort(port);
    expect(next).toBeGreaterThan(port);
    expect(await findPortHolder(next ?? 0)).toBeNull();
  });
});

describe('data folder', () => {
  it('is well when it is not there yet, and is not made', async () => {
    const [finding] = await checkDataFolder(join(temporaryFolder(), 'later'));
    expect(finding).toMatchObject({ status: 'ok', message: expect.stringContaining('the first start makes it') });
  });

  it('fails for a file in its place and for an unreadable format', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'orion.json'), 'not json');
    expect((await checkDataFolder(join(folder, 'orion.json')))[0]?.status).toBe('failed');
    expect((await checkDataFolder(folder)).find(({ id }) => id === 'data:format')?.status).toBe('failed');
  });

  it.skipIf(process.platform === 'win32')('warns of secrets that others may read', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'certificates'));
    const key = join(folder, 'certificates/authority.key');
    writeFileSync(key, 'secret');
    chmodSync(key, 0o644);

    const secrets = (await checkDataFolder(folder)).find(({ id }) => id === 'data:secrets');
    expect(secrets).toMatchObject({ status: 'warning', fix: { command: `chmod 600 '${key}'` } });
    chmodSync(key, 0o600);
    expect((await checkDataFolder(folder)).find(({ id }) => id === 'data:secrets')?.status).toBe('ok');
  });
});

describe('clock', () => {
  const now = Date.UTC(2026, 0, 10);
  const clocks: Clocks = { now: () => now, steady: () => now, fileTime: async () => now };
  const input = { notBefore: [now - DAY_MS], databaseTime: null, installedAt: now - DAY_MS };

  it('is well when every side agrees', async () => {
    const found = await checkClock({ ...input, databaseTime: async () => now + 900 }, clocks);
    expect(found.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  });

  it('fails when it is before a certificate or before the program', async () => {
    expect((await checkClock({ ...input, notBefore: [now + DAY_MS] }, clocks))[0]?.status).toBe('failed');
    expect((await checkClock({ ...input, installedAt: now + DAY_MS }, clocks))[0]?.status).toBe('failed');
  });

  it('warns when it was set back, but not after a sleep', async () => {
    const back = { ...clocks, steady: () => now + 60_000 };
    const slept = { ...clocks, steady: () => now - DAY_MS };
    expect((await checkClock(input, back))[0]?.status).toBe('warning');
    expect((await checkClock(input, slept))[0]).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('24 h'),
    });
  });

  it('warns when files or the database live in another time', async () => {
    const found = await checkClock(
      { ...input, databaseTime: async () => now - 120_000 },
      { ...clocks, fileTime: async () => now + DAY_MS },
    );
    expect(found.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'clock:local ok',
      'clock:files warning',
      'clock:database warning',
    ]);
  });
});

describe('proxy settings', () => {
  const input = {
    names: ['localhost', 'shop.localhost', 'shop.example'],
    pacUrl: null,
    env: {},
    run: async () => null,
  } as const;

  it('names the store that a terminal’s proxy would be asked for', async () => {
    const [found] = await checkProxy({ ...input, env: { http_proxy: 'http://proxy:3128', no_proxy: 'localhost' } });
    expect(found).toMatchObject({ status: 'warning', message: expect.stringContaining('shop.example') });
    expect(found?.fix?.command).toBe('export NO_PROXY="$NO_PROXY,shop.example"');
  });

  it('knows the platform’s own file from one that is left over', async () => {
    const url = 'http://localhost:8000/proxy.pac';
    const run = async () => `org.gnome.system.proxy mode 'auto'\norg.gnome.system.proxy autoconfig-url '${url}'`;
    const status = async (pacUrl: string | null) =>
      (await checkProxy({ ...input, run, pacUrl, platform: 'linux' }))[1]?.status;

    expect(await status(url)).toBe('ok');
    expect(await status(null)).toBe('warning');
  });

  it('knows that browsers go past a proxy for everything below localhost', async () => {
    const run = async () =>
      "org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy.http host 'proxy'\norg.gnome.system.proxy.http port 1";
    const look = (names: readonly string[]) => checkProxy({ ...input, names, run, platform: 'linux' });

    expect((await look(['shop.localhost']))[1]?.status).toBe('ok');
    expect((await look(['shop.example']))[1]?.status).toBe('warning');
  });
});
