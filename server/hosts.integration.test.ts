/** The names of real stores in a hosts file of the test's own: nothing of others is ever lost, and everything can be taken back. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { HostsActionInput, HostsApplied, HostsPlan, HostsState } from './contract/names.ts';
import { callOperation, expectOperation } from './testing/call-operation.ts';
import { ask } from './testing/http.ts';
import { orion } from './testing/orion.ts';
import { NOBODY, whyNotAsNobody } from './testing/other-user.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { startTestPlatform, type TestPlatform } from './testing/test-platform.ts';

const OWN = '127.0.0.1\tlocalhost\r\n# of mine\r\n10.0.0.5 db.internal techstore.localhost';

function hostsFile(content = OWN) {
  const file = join(temporaryFolder(), 'hosts');
  writeFileSync(file, content);
  return { file, read: () => readFileSync(file, 'utf8') };
}

async function startWith(file: string): Promise<TestPlatform> {
  return startTestPlatform({ flags: ['--hosts-file', file] });
}

async function makeStore(platform: TestPlatform, name: string) {
  return expectOperation(platform, 'createStore', { body: { name, ownerEmail: 'owner@example.com' } });
}

async function apply(platform: TestPlatform, input: HostsActionInput): Promise<HostsApplied> {
  const { expected } = await expectOperation(platform, 'planHosts', { body: input });
  return expectOperation(platform, 'applyHosts', { body: { ...input, expected } });
}

/** The file follows a moment after a change. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000 });
const namesOf = (text: string) => [...text.matchAll(/^(?:127\.0\.0\.1|::1) (\S+)\r?$/gm)].map((match) => match[1]);

describe('the hosts file of a running server', () => {
  it('is kept in step with stores and domains, and cleaned when the server stops', async () => {
    const { file, read } = hostsFile();
    const platform = await startWith(file);
    await makeStore(platform, 'Techstore');
    expect(read(), 'nothing is written before it was switched on').toBe(OWN);

    const settings = { keepInStep: true, removeOnStop: true };
    const state = await expectOperation(platform, 'changeHosts', { body: settings });
    expect(state).toMatchObject({ isInStep: true, access: 'writable', lineEnding: 'crlf' });
    expect(state.problems).toMatchObject([{ code: 'name_elsewhere', severity: 'warning' }]);
    expect(namesOf(read())).toEqual(['admin.localhost', 'techstore.localhost']);

    const { id } = await makeStore(platform, 'Fashion');
    await eventually(() => expect(namesOf(read())).toContain('fashion.localhost'));
    await addDomain(platform, id, 'fashion.test');
    await callOperation(platform, 'updateStore', { params: { code: 'techstore' }, body: { isActive: false } });
    await eventually(() => expect(namesOf(read())).toEqual(['admin.localhost', 'fashion.localhost', 'fashion.test']));
    await callOperation(platform, 'updateStore', { params: { code: 'techstore' }, body: { isActive: true } });
    await callOperation(platform, 'deleteStore', { params: { code: 'fashion' } });
    await eventually(() => expect(namesOf(read())).toEqual(['admin.localhost', 'techstore.localhost']));
    await expectOperation(platform, 'changeHosts', { body: { ipv6: true } });
    expect(read()).toContain('::1 techstore.localhost\r\n');

    await platform.stop();
    expect(read()).toBe(OWN);
  });

  it('is written as it was planned, taken back, restored, and never over what others wrote meanwhile', async () => {
    const { file, read } = hostsFile();
    const platform = await startWith(file);
    await makeStore(platform, 'Techstore');

    const plan = await expectOperation(platform, 'planHosts', { body: { action: 'sync' } });
    expect(plan).toMatchObject({ changes: true, added: 2, removed: 0, needsRights: false });
    expect(plan.diff.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toContain(
      '127.0.0.1 techstore.localhost',
    );
    expect(read()).toBe(OWN);

    writeFileSync(file, `${OWN}\r\n10.0.0.6 theirs\r\n`);
    const refused = await callOperation(platform, 'applyHosts', { body: { action: 'sync', expected: plan.expected } });
    expect(refused.json()).toMatchObject({ status: 409, code: 'hosts_changed' });
    expect(read()).toBe(`${OWN}\r\n10.0.0.6 theirs\r\n`);
    writeFileSync(file, OWN);

    const applied = await apply(platform, { action: 'sync' });
    expect(applied).toMatchObject({
      isDone: true,
      elevation: null,
      state: { isInStep: true, lastChange: { canUndo: true } },
    });
    expect(applied.probes.map(({ name }) => name)).toEqual(['admin.localhost', 'techstore.localhost']);
    const synced = read();

    const undone = await apply(platform, { action: 'undo' });
    expect([read(), undone.state.lastChange?.canUndo]).toEqual([OWN, false]);
    expect((await callOperation(platform, 'planHosts', { body: { action: 'undo' } })).json()).toMatchObject({
      status: 409,
      code: 'nothing_to_undo',
    });

    const [newest] = undone.state.backups;
    await apply(platform, { action: 'restore', backup: newest?.id ?? '' });
    expect(read()).toBe(synced);
    writeFileSync(file, `# theirs\n${synced}`);
    expect((await callOperation(platform, 'planHosts', { body: { action: 'undo' } })).json()).toMatchObject({
      status: 409,
    });
    const cleaned = await apply(platform, { action: 'clean' });
    expect([read(), cleaned.state.isInStep]).toEqual([`# theirs\n${OWN}`, false]);

    const unknown = { action: 'restore', backup: '../../server.json' };
    expect((await callOperation(platform, 'planHosts', { body: unknown })).status).toBe(404);
    expect((await callOperation(platform, 'planHosts', { body: { action: 'restore' } })).status).toBe(422);
    const backups = join(platform.dataDir, 'hosts-backups');
    expect(readdirSync(backups)).toHaveLength(4);
    if (process.platform !== 'win32')
      expect(statSync(join(backups, readdirSync(backups)[0] ?? '')).mode & 0o777).toBe(0o600);
  });

  it('says what stands in the way, and leaves it alone', async () => {
    const { file } = hostsFile('\ufeff');
    writeFileSync(file, Buffer.from('\ufeff127.0.0.1 localhost\r\n', 'utf16le'));
    const platform = await startWith(file);

    expect(await expectOperation(platform, 'hosts')).toMatchObject({
      access: 'blocked',
      problems: [{ code: 'encoding' }],
    });
    const { expected } = await expectOperation(platform, 'planHosts', { body: { action: 'sync' } });
    const refused = await callOperation(platform, 'applyHosts', { body: { action: 'sync', expected } });
    expect(refused.json()).toMatchObject({ status: 409, code: 'hosts_blocked' });
    expect(await probes(platform, ['elsewhere.test'])).toBe(422);
  });
});

describe('names', () => {
  it('are tried as each client would, and another server on the port is told apart', async () => {
    const platform = await startWith(hostsFile().file);
    await makeStore(platform, 'Techstore');

    const { probes: found } = await expectOperation(platform, 'probeNames', {
      body: { names: ['techstore.localhost'] },
    });

    expect(found).toMatchObject([{ name: 'techstore.localhost', kind: 'subdomain', store: 'techstore' }]);
    const verdicts = Object.fromEntries(
      found[0]?.clients.map(({ client, verdict, http }) => [client, [verdict, http?.isOurs]]) ?? [],
    );
    expect(verdicts).toMatchObject({ browser: ['works', true], app: ['works', true] });
    const other = await platform.parts.prober.probe(
      [{ name: 'techstore.localhost', kind: 'subdomain', store: null }],
      1,
    );
    expect(other[0]?.clients.map(({ verdict }) => verdict)).not.toContain('works');
  });
});

const reason = whyNotAsNobody();

describe('a user without administrator rights', () => {
  const title = `gets one command for all names; the names are there after it was run (${reason ?? 'as nobody'})`;
  it.skipIf(reason !== null)(title, async () => {
    const { file, read } = hostsFile();
    const { child, port, token, dataDir } = await startAsNobody(file);
    const call = async <Result>(method: string, path: string, body?: unknown) =>
      (
        await ask(port, { host: 'admin.localhost', method, path, body, headers: { Authorization: `Bearer ${token}` } })
      ).json<Result>();

    expect(await call<HostsState>('GET', '/api/hosts')).toMatchObject({ access: 'needs_rights' });
    const plan = await call<HostsPlan>('POST', '/api/hosts/plan', { action: 'sync' });
    expect(plan.needsRights).toBe(true);
    const applied = await call<HostsApplied>('POST', '/api/hosts/apply', { action: 'sync', expected: plan.expected });
    expect(applied).toMatchObject({ isDone: false, elevation: { purpose: expect.stringContaining(file) } });
    expect(read()).toBe(OWN);

    const line = applied.elevation?.command.replace(/^sudo /, 'ORION_HOSTS_HELPER_TEST=1 ') ?? '';
    const answer = execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' });
    expect(JSON.parse(answer)).toMatchObject({ ok: true, isChanged: true });
    expect(namesOf(read())).toEqual(['admin.localhost']);
    expect(await call<HostsState>('GET', '/api/hosts')).toMatchObject({
      isInStep: true,
      lastChange: { action: 'sync', canUndo: true },
    });

    const again = spawnAs(NOBODY, ['server/cli/main.ts', '--data-dir', dataDir, 'hosts', 'clean']);
    let out = '';
    again.stdout?.on('data', (text) => {
      out += text;
    });
    expect(await new Promise((resolve) => again.once('close', resolve))).toBe(1);
    expect(out).toContain('sudo ');
    expect(namesOf(read())).toEqual(['admin.localhost']);
    child.kill('SIGTERM');
  });
});

describe('orion hosts', () => {
  it('shows, writes and takes back, also a second file', async () => {
    const { file, read } = hostsFile();
    const second = hostsFile('# second\n');
    const platform = await startWith(file);
    const { dataDir } = platform;
    const run = (...words: string[]) => orion(dataDir, ['hosts', ...words]);

    expect(await run('diff')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('+ 127.0.0.1 admin.localhost'),
    });
    expect(read()).toBe(OWN);
    expect((await run('sync')).exitCode).toBe(0);
    expect(namesOf(read())).toEqual(['admin.localhost']);
    expect((await run('sync', '--ipv6', '--file', second.file)).exitCode).toBe(0);
    expect(second.read()).toContain('::1 admin.localhost');
    const status = await run('status', '--format', 'json');
    expect(JSON.parse(status.out)).toMatchObject({ isInStep: true, backups: [{}, {}] });
    await expectOperation(platform, 'changeHosts', { body: { keepInStep: true } });
    const besides = await run('clean', '--file', file, '--dry-run');
    expect(besides.out).toContain('the next change of a store writes the names again');
    const cleaned = await run('clean');
    expect([cleaned.exitCode, read()]).toEqual([0, OWN]);
    expect(cleaned.out).toContain('Keep in step was on and is switched off');
    expect((await expectOperation(platform, 'hosts')).settings.keepInStep).toBe(false);
    expect((await run('clean', '--file', join(dataDir, 'none', 'hosts'))).exitCode).toBe(1);
    expect(await run('restore', 'unknown')).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('There is no backup'),
    });
  });
});

async function addDomain(platform: TestPlatform, storeId: number, domain: string): Promise<void> {
  const code = (await platform.parts.stores.list()).find(({ id }) => id === storeId)?.code ?? '';
  await expectOperation(platform, 'addDomain', { params: { code }, body: { domain } });
  await expectOperation(platform, 'verifyDomain', { params: { code, domain }, body: { method: 'administrator' } });
}

async function probes(platform: TestPlatform, names: readonly string[]): Promise<number> {
  return (await callOperation(platform, 'probeNames', { body: { names } })).status;
}

/** A server of a user who may read the hosts file and not write it. */
async function startAsNobody(file: string) {
  chmodSync(join(file, '..'), 0o755);
  const home = temporaryFolder();
  chmodSync(home, 0o755);
  const dataDir = join(home, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  chownSync(dataDir, NOBODY, NOBODY);
  const flags = ['--json', '--port', '0', '--data-dir', dataDir, '--fixtures', 'none', '--hosts-file', file];
  const child = spawnAs(NOBODY, ['server/main.ts', ...flags]);
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk)));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  const { controlToken } = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as { controlToken: string };
  return { child, dataDir, port: Number(new URL(url).port), token: controlToken };
}

function spawnAs(uid: number, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [...args], {
    cwd: join(import.meta.dirname, '..'),
    uid,
    gid: uid,
    env: { ...process.env, HOME: '/tmp', ORION_HOSTS_HELPER_TEST: '1', ORION_LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}
