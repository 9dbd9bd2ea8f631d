import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { Elevations } from '../elevation.ts';
import { AuthorityTrust } from './authority-trust.ts';
import { certificatesIn } from './testing/certificates-in.ts';
import { findPlaces, type TrustMachine } from './trust/find-places.ts';
import { type RunProgram, runProgram } from './trust/run-program.ts';
import type { SystemLayout } from './trust/system-layouts.ts';
import { runTrustHelper } from './trust-helper.ts';

const hasCertutil = process.platform === 'linux' && spawnSync('certutil', ['-H']).error === undefined;
const ANCHORS = 'usr/local/share/ca-certificates';
const BUNDLE = 'etc/ssl/certs/ca-certificates.crt';

/** A Debian in a temporary folder. Its updater writes the bundle; the helper runs in this process. */
function makeMachine(changes: Partial<TrustMachine> = {}) {
  const root = temporaryFolder();
  for (const folder of [ANCHORS, 'etc/ssl/certs', 'home']) mkdirSync(join(root, folder), { recursive: true });
  const update = (layout: SystemLayout) => {
    const folder = join(root, layout.anchors);
    const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    writeFileSync(join(root, layout.bundle), texts.join('\n'));
  };
  const run: RunProgram = async (program, args) => {
    if (program !== process.execPath) return runProgram(program, args);
    return { code: 0, out: runTrustHelper(args.slice(1), { root, update }), error: '' };
  };
  const environment = { PATH: process.env['PATH'] };
  const machine: TrustMachine = {
    platform: 'linux',
    root,
    home: join(root, 'home'),
    isAdministrator: true,
    environment,
    run,
    ...changes,
  };
  const { authority } = certificatesIn(join(root, 'data'), []);
  const elevations = new Elevations();
  const trust = new AuthorityTrust({ authority, elevations, places: () => findPlaces(machine) });
  const states = async () => Object.fromEntries((await trust.list()).map(({ id, state }) => [id, state]));
  return { root, home: machine.home, authority, elevations, trust, states };
}

function makeProfile(home: string, below: string): void {
  mkdirSync(join(home, below), { recursive: true });
  execFileSync('certutil', ['-N', '--empty-password', '-d', `sql:${join(home, below)}`]);
}

describe('the trust of the system', () => {
  it('is given, looked up in what programs read, and taken', async () => {
    const { root, authority, trust, states } = makeMachine({ environment: {} });
    expect(await states()).toMatchObject({ system: 'untrusted' });

    const given = await trust.give(['system']);

    expect(given).toEqual({ results: [{ id: 'system', isDone: true, message: 'System is done.' }], elevation: null });
    expect(await states()).toMatchObject({ system: 'trusted' });
    expect(readFileSync(join(root, BUNDLE), 'utf8')).toContain((await authority.ensure()).pem);
    await authority.renew();
    expect(await states()).toMatchObject({ system: 'other_authority' });
    expect((await trust.outdated()).results).toMatchObject([{ id: 'system', isDone: false }]);
    await trust.give(['system']);
    expect(await states()).toMatchObject({ system: 'trusted' });
    expect((await trust.take(['node'])).results).toEqual([]);
    expect(await states()).toMatchObject({ system: 'trusted' });
    await expect(trust.take(['elsewhere'])).rejects.toThrow('not changed');
    await trust.take(['system']);
    expect(await states()).toMatchObject({ system: 'untrusted' });
    expect(readdirSync(join(root, ANCHORS))).toEqual([]);
  });

  it('is left as one command where there are no administrator rights', async () => {
    const { root, authority, elevations, trust } = makeMachine({ isAdministrator: false, environment: {} });
    const { results, elevation } = await trust.give(['system']);
    const { certificate } = await authority.ensure();
    const sha256 = certificate.fingerprint256.replaceAll(':', '').toLowerCase();

    expect(results).toMatchObject([{ id: 'system', isDone: false }]);
    expect(elevation?.command).toMatch(/^sudo \S+ \S*trust-helper\.ts install debian \S*authority\.crt [0-9a-f]{64}$/);
    expect(elevations.find(elevation?.id ?? '')?.args.slice(1)).toEqual([
      'install',
      'debian',
      authority.certificateFile,
      sha256,
    ]);
    expect(readdirSync(join(root, ANCHORS))).toEqual([]);
    expect((await trust.list())[0]).toMatchObject({ needsRights: true, state: 'untrusted' });
  });

  it('cannot be changed where the system keeps it in an unknown place', async () => {
    const { trust } = makeMachine({ root: temporaryFolder(), environment: {} });

    expect((await trust.list())[0]).toMatchObject({ id: 'system', state: 'unavailable' });
    expect((await trust.give(['system'])).results).toMatchObject([{ isDone: false }]);
  });
});

describe('the trust of browsers', () => {
  it('names the package that is missing', async () => {
    const { trust } = makeMachine({ environment: { PATH: temporaryFolder() } });

    expect((await trust.list()).find(({ id }) => id === 'nss:chromium')).toMatchObject({
      state: 'unavailable',
      message: expect.stringContaining('certutil of the NSS tools is missing'),
      command: 'sudo apt-get install libnss3-tools',
    });
  });

  it.skipIf(!hasCertutil)('is given to Chromium and every profile of Firefox, and taken (needs certutil)', async () => {
    const { home, authority, trust, states } = makeMachine();
    makeProfile(home, '.mozilla/firefox/abc123.default-release');
    makeProfile(home, 'snap/firefox/common/.mozilla/firefox/def456.work');
    expect(await states()).toMatchObject({
      'nss:chromium': 'untrusted',
      'firefox:abc123.default-release': 'untrusted',
    });
    expect(existsSync(join(home, '.pki'))).toBe(false);

    const { results, elevation } = await trust.give(undefined);

    expect(elevation).toBeNull();
    expect(results.map(({ id, isDone }) => [id, isDone])).toEqual([
      ['system', true],
      ['nss:chromium', true],
      ['firefox:abc123.default-release', true],
      ['firefox:def456.work', true],
    ]);
    expect(new Set(Object.values(await states()))).toEqual(new Set(['trusted', 'untrusted']));
    expect(await states()).toMatchObject({
      'nss:chromium': 'trusted',
      'firefox:def456.work': 'trusted',
      node: 'untrusted',
    });
    expect(statSync(join(home, '.pki/nssdb')).mode & 0o777).toBe(0o700);

    await authority.renew();
    expect(await states()).toMatchObject({
      'nss:chromium': 'other_authority',
      'firefox:def456.work': 'other_authority',
    });
    await trust.give(['nss:chromium']);
    const listed = execFileSync('certutil', ['-L', '-d', `sql:${join(home, '.pki/nssdb')}`], { encoding: 'utf8' });
    expect(listed.match(/Orion Studio local authority/g)).toHaveLength(1);

    await trust.take();
    expect(await states()).toMatchObject({ 'nss:chromium': 'untrusted', 'firefox:def456.work': 'untrusted' });
  });

  it.skipIf(!hasCertutil)(
    'says what is wrong with one database and goes on with the others (needs certutil)',
    async () => {
      const { home, trust, states } = makeMachine();
      mkdirSync(join(home, '.mozilla/firefox/broken.default'), { recursive: true });
      writeFileSync(join(home, '.mozilla/firefox/broken.default/cert9.db'), 'no database');

      const { results } = await trust.give(undefined);

      expect(results.filter(({ isDone }) => !isDone).map(({ id }) => id)).toEqual(['firefox:broken.default']);
      expect(await states()).toMatchObject({ 'nss:chromium': 'trusted', 'firefox:broken.default': 'unavailable' });
    },
  );
});

it('Node is told by its environment alone', async () => {
  const { root, authority, trust } = makeMachine({ environment: { NODE_EXTRA_CA_CERTS: 'extra.pem' } });
  const file = join(root, 'extra.pem');
  await authority.ensure();
  const nodeOf = async (one: AuthorityTrust) => (await one.list()).find(({ id }) => id === 'node');

  expect(await nodeOf(trust)).toMatchObject({
    state: 'untrusted',
    command: `export NODE_EXTRA_CA_CERTS='${authority.certificateFile}'`,
  });
  expect((await trust.give(['node'])).results).toMatchObject([{ id: 'node', isDone: false }]);
  writeFileSync(file, (await authority.ensure()).pem);
  const places = () => findPlaces({ ...bare, environment: { NODE_EXTRA_CA_CERTS: file } });
  expect(await nodeOf(new AuthorityTrust({ authority, elevations: new Elevations(), places }))).toMatchObject({
    state: 'trusted',
  });
});

const bare: TrustMachine = {
  platform: 'linux',
  root: null,
  home: '/nowhere',
  isAdministrator: false,
  environment: {},
  run: runProgram,
};

it('refuses a place that there is not, naming those that there are', async () => {
  const { trust } = makeMachine({ environment: {} });

  await expect(trust.give(['firefox:none'])).rejects.toMatchObject({
    faults: [{ field: 'stores', message: 'has no place "firefox:none"; there are: system, nss:chromium, node' }],
  });
});

describe('other systems', () => {
  const answer = (out: string) => ({ code: 0, out, error: '' });

  it('macOS: the login keychain, by security', async () => {
    const ran: string[] = [];
    let list = '';
    const run: RunProgram = async (program, args) => {
      ran.push([program, ...args].join(' '));
      return answer(args[0] === 'find-certificate' ? list : '');
    };
    const { authority, trust } = makeMachine({ platform: 'darwin', home: '/home', run });
    await trust.give(undefined);
    const { certificate } = await authority.ensure();
    const sha256 = certificate.fingerprint256.replaceAll(':', '');
    list = `SHA-256 hash: ${sha256}\nSHA-1 hash: 00\n`;

    expect(ran.find((line) => line.includes('add-trusted-cert'))).toMatch(
      /^\/usr\/bin\/security add-trusted-cert -r trustRoot -p ssl -k \/home\/Library\/Keychains\/login\.keychain-db \S+authority\.crt$/,
    );
    expect((await trust.list())[0]).toMatchObject({ id: 'system', state: 'trusted', needsRights: false });
    await trust.take();
    expect(ran.find((line) => line.includes('delete-certificate'))).toContain(sha256.toLowerCase());
  });

  it('Windows: the user’s own roots, by certutil, whatever language it speaks', async () => {
    const ran: string[] = [];
    let list = '';
    const run: RunProgram = async (program, args) => {
      ran.push([program, ...args].join(' '));
      return answer(args.includes('-store') ? list : '');
    };
    const { authority, trust } = makeMachine({ platform: 'win32', run });
    await trust.give(undefined);
    const sha1 = (await authority.ensure()).certificate.fingerprint.replaceAll(':', '').toLowerCase();
    list = [
      'Root "Vertrauenswürdige Stammzertifizierungsstellen"',
      '================ Zertifikat 0 ================',
      'Antragsteller: CN=Someone else',
      `Zertifikathash(sha1): ${'0'.repeat(40)}`,
      '================ Zertifikat 1 ================',
      'Antragsteller: CN=Orion Studio local authority (abcdef), O=Orion Studio',
      `Zertifikathash(sha1): ${sha1}`,
    ].join('\r\n');

    expect(ran.some((line) => /^certutil\.exe -user -f -addstore Root \S+authority\.crt$/.test(line))).toBe(true);
    expect((await trust.list())[0]).toMatchObject({ id: 'system', state: 'trusted' });
    await trust.take();
    expect(ran.filter((line) => line.includes('-delstore'))).toEqual([`certutil.exe -user -delstore Root ${sha1}`]);
  });
});
