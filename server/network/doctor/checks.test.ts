/** Checks of the platform itself: what they say when it is well, and when it is not. */
import { describe, expect, it } from 'vitest';
import type { CertificatesState } from '../../contract/certificates.ts';
import type { HostsState, NameProbe } from '../../contract/names.ts';
import { checkCertificates } from './certificates.ts';
import { checkDatabase, type DatabaseLook } from './database.ts';
import { checkHostsBlock } from './hosts-block.ts';
import { checkNames, describeProbe } from './names.ts';
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
    const domain = { ...probe([client('browser', 'fails')]), kind: 'domain' } as const;
    expect(describeProbe(domain)).toMatchObject({ status: 'warning', fix: { action: 'hosts-sync' } });
  });

  it('says once what is the same of many names, and lists them', () => {
    const of = (name: string, verdict: 'works' | 'fails', message = 'As it is.') => ({
      ...probe([client('browser', 'works'), { ...client('curl', verdict), message }]),
      name,
    });
    const four = ['a', 'b', 'c', 'd'].map((name) => of(name, 'fails', `${name} has no address.`));
    const probes = [...four, of('e', 'works'), of('f', 'works')];

    const findings = checkNames({ probes, left: 0 });

    expect(findings.map(({ id, name, status }) => [id, name, status])).toEqual([
      ['name:a', '4 names', 'warning'],
      ['name:e', 'e, f', 'ok'],
    ]);
    expect(findings[0]?.details.slice(0, 5)).toEqual(['a', 'b', 'c', 'd', 'In detail, a:']);
    expect(findings[0]?.fix?.action).toBe('hosts-sync');
    expect(findings[1]?.details).toHaveLength(2);
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
      decided: [],
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
