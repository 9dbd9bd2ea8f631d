/** Each check by itself: what it says of a machine that is well, and of one that is not. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CertificatesState } from '../../contract/certificates.ts';
import type { HostsState, NameProbe } from '../../contract/names.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { checkCertificates } from './certificates.ts';
import { type Clocks, checkClock } from './clock.ts';
import { checkDataFolder } from './data-folder.ts';
import { checkDatabase, type DatabaseLook } from './database.ts';
import { checkHostsBlock } from './hosts-block.ts';
import { describeProbe } from './names.ts';
import { findPortHolder, isFree, nextFreePort } from './port-holder.ts';
import { checkPorts, type PortLook } from './ports.ts';
import { checkProxy } from './proxy.ts';
import { runChecks } from './run-checks.ts';
import { checkStores, type LookedStore } from './stores.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('runChecks', () => {
  it('makes a finding of a check that throws, and of one that hangs', async () => {
    const findings = await runChecks(
      [
        { group: 'clock', name: 'broken', run: () => Promise.reject(new Error('no clock here')) },
        { group: 'data', name: 'slow disk', run: () => new Promise(() => undefined) },
        { group: 'ports', name: 'ports', run: async () => [] },
      ],
      20,
    );

    expect(findings.map(({ id, status }) => [id, status])).toEqual([
      ['check:broken', 'failed'],
      ['check:slow-disk', 'warning'],
    ]);
    expect(findings[0]?.message).toContain('no clock here');
  });
});

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

describe('names', () => {
  const client = (
    name: NameProbe['clients'][number]['client'],
    verdict: 'works' | 'fails',
  ): NameProbe['clients'][number] => ({
    client: name,
    verdict,
    addresses: [],
    http: null,
    message: 'As it is.',
    fix: null,
  });
  const probe = (clients: NameProbe['clients']): NameProbe => ({
    name: 'a.localhost',
    kind: 'subdomain',
    store: 'a',
    clients,
  });

  it('is well when every client gets there', () => {
    expect(describeProbe(probe([client('browser', 'works'), client('curl', 'works')]))).toMatchObject({
      status: 'ok',
      message: 'Works in browsers and curl.',
    });
  });

  it('warns for other programs, and fails for browsers', () => {
    expect(describeProbe(probe([client('browser', 'works'), client('system', 'fails')]))).toMatchObject({
      status: 'warning',
      fix: { action: 'hosts-sync' },
    });
    expect(describeProbe(probe([client('browser', 'fails')])).status).toBe('failed');
  });
});

describe('hosts file', () => {
  const state: HostsState = {
    path: '/etc/hosts',
    access: 'needs_rights',
    hash: null,
    bytes: 0,
    lines: 0,
    lineEnding: 'lf',
    problems: [],
    settings: { keepInStep: false, ipv6: false, removeOnStop: false },
    wanted: [{ name: 'shop.localhost', address: '127.0.0.1', kind: 'subdomain', store: 'shop' }],
    present: [{ name: 'old.localhost', address: '127.0.0.1' }],
    isInStep: false,
    lastChange: null,
    backups: [],
    otherFiles: [],
  };

  it('names what is missing and what is left over', () => {
    const [block] = checkHostsBlock(state);
    expect(block).toMatchObject({ status: 'warning', fix: { action: 'hosts-sync' } });
    expect(block?.message).toContain('1 name missing (shop.localhost), 1 name left over (old.localhost)');
  });

  it('passes every problem of the file on', () => {
    const problem = {
      code: 'read_only',
      severity: 'failed',
      message: 'The file is read-only.',
      fix: 'Allow writing.',
    } as const;
    expect(checkHostsBlock({ ...state, isInStep: true, problems: [problem] })).toMatchObject([
      { status: 'ok' },
      { id: 'hosts:read_only', status: 'failed', fix: { text: 'Allow writing.' } },
    ]);
  });
});

describe('certificates', () => {
  const now = Date.UTC(2026, 0, 10);
  const dates = { notBefore: now - DAY_MS, notAfter: now + 100 * DAY_MS };
  const file = { certificateFile: 'authority.crt', keyFile: 'authority.key' };
  const state: CertificatesState = {
    https: {
      isOn: true,
      port: 8443,
      redirect: false,
      hstsSeconds: 0,
      listeningPort: 8443,
      url: 'https://localhost:8443/',
      fault: null,
    },
    authority: { subject: 'CN=Orion', fingerprint: 'AA', ...dates, ...file },
    trust: [
      {
        id: 'system',
        label: 'System',
        clients: 'curl',
        state: 'untrusted',
        needsRights: true,
        message: 'Not there.',
        command: null,
      },
    ],
    certificates: [
      {
        names: ['shop.example'],
        source: 'local',
        issuer: 'CN=Orion',
        fingerprint: 'BB',
        ...dates,
        store: 'shop',
        fault: null,
      },
    ],
  };
  const statuses = (looked: CertificatesState) =>
    checkCertificates(looked, now).map(({ id, status }) => `${id} ${status}`);

  it('says who does not trust the authority yet', () => {
    expect(statuses(state)).toEqual([
      'certificates:https ok',
      'certificates:authority ok',
      'certificates:hosts ok',
      'trust:system warning',
    ]);
  });

  it('fails for what has expired or has not begun, and warns before', () => {
    const withAuthority = (changed: object) => ({
      ...state,
      authority: { subject: '', fingerprint: '', ...dates, ...file, ...changed },
    });
    expect(statuses(withAuthority({ notAfter: now - 1 }))).toContain('certificates:authority failed');
    expect(statuses(withAuthority({ notBefore: now + 1 }))).toContain('certificates:authority failed');
    expect(statuses(withAuthority({ notAfter: now + DAY_MS }))).toContain('certificates:authority warning');
    const expired = state.certificates.map((one) => ({ ...one, fault: 'It has expired.' }));
    expect(statuses({ ...state, certificates: expired })).toContain('certificate:shop.example failed');
  });

  it('says why HTTPS is not there', () => {
    const [off] = checkCertificates({ ...state, https: { ...state.https, isOn: false } });
    expect(off?.status).toBe('skipped');
    const [fault] = checkCertificates({ ...state, https: { ...state.https, fault: 'Port 8443 is in use.' } });
    expect(fault).toMatchObject({ status: 'failed', fix: { action: 'restart-https' } });
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

describe('database and stores', () => {
  const store: LookedStore = {
    code: 'shop',
    name: 'Shop',
    schemaName: 'shop',
    isActive: true,
    host: 'shop.localhost',
    domains: [],
    place: 'stores/1/data.sqlite',
    fault: null,
    products: 3,
    pending: [],
  };
  const look: DatabaseLook = {
    backend: () => 'sqlite/database',
    label: () => 'SQLite 3',
    check: async () => undefined,
    time: () => null,
  };
  const answer = (status: number, code: string) => async () => ({
    status,
    headers: { 'x-store-code': code },
    text: '',
  });
  const byId = (findings: readonly { id: string; status: string }[]) =>
    Object.fromEntries(findings.map(({ id, status }) => [id, status]));

  it('names a store whose data cannot be opened, and what lacks migrations', async () => {
    const found = await checkDatabase(
      look,
      [
        { ...store, fault: 'The file is missing.' },
        { ...store, code: 'old', pending: ['0002'] },
      ],
      2,
    );
    expect(byId(found)).toEqual({
      'database:engine': 'ok',
      'database:stores': 'failed',
      'database:migrations': 'warning',
    });
    expect(found[1]?.details).toEqual(['shop (stores/1/data.sqlite): The file is missing.']);
    expect(found[2]?.fix).toMatchObject({ command: 'orion migrate', action: 'migrate' });
  });

  it('says when the database does not answer', async () => {
    const silent = { ...look, check: () => Promise.reject(new Error('connection refused')) };
    expect((await checkDatabase(silent, [], 0))[0]).toMatchObject({ status: 'failed' });
  });

  it('finds a subdomain that another store answers', async () => {
    const found = await checkStores({ stores: [store], total: 1, ask: answer(200, 'other'), missingNames: [] });
    expect(found[0]).toMatchObject({
      id: 'stores:subdomains',
      status: 'failed',
      details: ['shop.localhost is answered by other'],
    });
  });

  it('answers "no data showing", a domain that waits, and a platform without stores', async () => {
    const waiting = { ...store, products: 0, domains: [{ name: 'shop.example', isServed: false }] };
    const found = await checkStores({ stores: [waiting], total: 1, ask: answer(200, 'shop'), missingNames: [] });
    expect(byId(found)).toEqual({ 'stores:subdomains': 'ok', 'stores:domains': 'warning', 'stores:data': 'warning' });
    expect(found.find(({ id }) => id === 'stores:data')?.fix?.action).toBe('load-fixtures');
    expect(await checkStores({ stores: [], total: 0, ask: null, missingNames: [] })).toMatchObject([
      { id: 'stores:none', fix: { action: 'load-fixtures' } },
    ]);
  });
});
