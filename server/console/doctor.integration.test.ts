/** The doctor of a real server: every group answers, what is wrong is named, and its buttons do what they say. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DOCTOR_GROUPS, type DoctorReport, doctorReport, type Finding } from '../contract/doctor.ts';
import { orion } from '../testing/orion.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

interface Patient extends TestPlatform {
  readonly flags: readonly string[];
  readonly hostsFile: string;
}

/** A server that looks at a hosts file and a home folder of its own. */
async function startPatient(fixtures: string): Promise<Patient> {
  const folder = temporaryFolder();
  const hostsFile = join(folder, 'hosts');
  writeFileSync(hostsFile, '127.0.0.1 localhost\n');
  const flags = ['--hosts-file', hostsFile, '--trust-home', folder];
  return { ...(await startTestPlatform({ fixtures, flags })), flags, hostsFile };
}

async function look(platform: TestPlatform): Promise<DoctorReport> {
  const answer = await platform.askConsole({ path: '/api/doctor' });
  expect(answer.status).toBe(200);
  return doctorReport.parse(answer.json());
}

const fix = (platform: TestPlatform, finding: string) =>
  platform.askConsole({ method: 'POST', path: '/api/doctor/fix', body: { finding } });

const found = ({ findings }: DoctorReport, id: string): Finding | undefined => findings.find((one) => one.id === id);

describe('the doctor', () => {
  it('looks at everything, ticks the checklist, and puts the hosts file in step', async () => {
    const platform = await startPatient('techstore,fashion');

    const report = await look(platform);
    expect([...new Set(report.findings.map(({ group }) => group))]).toEqual([...DOCTOR_GROUPS]);
    expect(new Set(report.findings.map(({ id }) => id)).size).toBe(report.findings.length);
    expect(report.findings.filter(({ status, id }) => status === 'failed' || id.startsWith('check:'))).toEqual([]);
    expect(found(report, 'port:http')?.message).toContain(`listens on ${platform.port}`);
    expect(found(report, 'hosts:block')).toMatchObject({ status: 'warning', fix: { action: 'hosts-sync' } });
    expect(report.checklist.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'postgres done',
      'environment done',
      'dependencies done',
      'hosts open',
      'migrations done',
      'test-data done',
      'landing done',
      'data-techstore done',
      'data-fashion done',
      'difference done',
      'admin done',
    ]);

    const fixed = await fix(platform, 'hosts:block');
    expect(fixed.json()).toMatchObject({ elevation: null, finding: { id: 'hosts:block', status: 'ok' } });
    expect(readFileSync(platform.hostsFile, 'utf8')).toContain('127.0.0.1 techstore.localhost');
    expect((await look(platform)).checklist.find(({ id }) => id === 'hosts')?.state).toBe('done');
  });

  it('makes demo stores where there are none, and names a store whose data is gone', async () => {
    const platform = await startPatient('none');
    expect(found(await look(platform), 'stores:none')).toMatchObject({ fix: { action: 'load-fixtures' } });

    expect((await fix(platform, 'stores:none')).json()).toMatchObject({ finding: { status: 'ok' } });
    expect(found(await look(platform), 'stores:none')).toBeUndefined();

    await platform.stop();
    const [broken] = globSync('stores/**/*.sqlite', { cwd: platform.dataDir });
    rmSync(join(platform.dataDir, broken ?? ''));
    const again = await startTestPlatform({ dataDir: platform.dataDir, flags: platform.flags });
    const finding = found(await look(again), 'database:stores');
    expect(finding).toMatchObject({ status: 'failed', message: expect.stringMatching(/^[a-z]+ cannot be opened\.$/) });
    expect(finding?.details).toHaveLength(1);
  });

  it('refuses buttons that are not there', async () => {
    const platform = await startPatient('none');

    expect((await fix(platform, 'no such finding')).status).toBe(404);
    const refused = await fix(platform, 'data:folder');
    expect([refused.status, refused.json<{ code: string }>().code]).toEqual([409, 'no_fix']);
    expect((await platform.askConsole({ method: 'POST', path: '/api/doctor/fix', body: {} })).status).toBe(422);
  });
});

describe('orion doctor', () => {
  it('asks the running server', async () => {
    const platform = await startPatient('techstore');

    const { exitCode, out } = await orion(platform.dataDir, ['doctor', '--format', 'json']);
    expect(doctorReport.parse(JSON.parse(out)).checklist).toHaveLength(11);
    expect(exitCode).toBe(0);
    const text = (await orion(platform.dataDir, ['doctor'])).out;
    expect(text).toContain('Quick Test Checklist');
    expect(text).toMatch(/\[x\] Can access http:\/\/localhost:\d+\//);
  });

  it('looks without a server at what it can, makes nothing, and names who holds the port', async () => {
    const folder = join(temporaryFolder(), 'none');
    const code = `const s = require('node:net').createServer(); s.listen(0, '127.0.0.1', () => console.log(s.address().port))`;
    const holder = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void holder.kill('SIGKILL'));
    const [port] = (await once(holder.stdout, 'data')) as [Buffer];

    const env = { ORION_PORT: String(port).trim() };
    const { exitCode, out } = await orion(folder, ['doctor', '--format', 'json'], { env });
    const report = doctorReport.parse(JSON.parse(out));
    expect(exitCode).toBe(1);
    expect(existsSync(folder)).toBe(false);
    const finding = found(report, 'port:http');
    expect(finding).toMatchObject({ status: 'failed' });
    if (process.platform === 'linux') {
      expect(finding?.message).toContain(`(process ${holder.pid}`);
      expect(finding?.fix?.command).toBe(`kill ${holder.pid}`);
    }
    expect(found(report, 'database:engine')?.status).toBe('skipped');
  });
});
