import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Operation, type OperationName, operations } from '../contract/operations.ts';
import { problem } from '../contract/problem.ts';
import { callOperation, expectOperation, type OperationCall } from '../testing/call-operation.ts';
import { switchTo } from '../testing/switching.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../testing/test-certificate.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const LOGO = {
  fileName: 'logo.svg',
  data: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#06c"/></svg>',
  ).toString('base64'),
};

/** What the tests of this file have called and found as the contract says. */
const called = new Set<OperationName>();

function callerOf(platform: TestPlatform) {
  return <Name extends OperationName>(name: Name, input?: OperationCall) => {
    called.add(name);
    return expectOperation(platform, name, input);
  };
}

/** A platform that leaves the machine's own hosts file and lists of authorities alone. */
function startApart(fixtures = 'none'): Promise<TestPlatform> {
  const folder = temporaryFolder();
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, '127.0.0.1 localhost\n');
  const flags = ['--hosts-file', hosts, '--trust-home', folder, '--https-port', '0'];
  return startTestPlatform({ fixtures, flags });
}

describe('every operation', () => {
  it('answers what the contract says, and nothing beside', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const call = callerOf(platform);
    const books = { params: { code: 'books' } };

    await platform.ask({ host: 'techstore.localhost', path: '/products' });
    await platform.ask({ host: 'nosuch.localhost', path: '/' });
    await call('server');
    await call('checkStore', { body: { name: 'Books', domains: ['books.example'] } });
    await call('checkLogo', { body: LOGO });
    await call('listCatalogues');
    await call('createStore', {
      body: {
        name: 'Books',
        ownerEmail: 'owner@books.example',
        catalogue: 'techstore',
        color: '#ff0000',
        domains: ['books.example'],
        logo: LOGO,
      },
    });
    await call('getStore', books);
    await call('listStores');
    await call('updateStore', { ...books, body: { name: 'Old Books', isActive: false } });
    await call('storeSignInLink', books);
    await call('deleteStore', books);
    await call('listDeletedStores');
    await call('restoreStore', books);
    await call('deleteStore', { ...books, query: { permanently: 'true' } });
    await call('loadFixtures', { body: { codes: ['techstore'] } });
    await call('storeData', { params: { code: 'techstore' } });
    await call('storeLimits', { params: { code: 'techstore' } });
    await call('changeStoreLimits', { params: { code: 'techstore' }, body: { connections: 10 } });
    await call('storeTable', {
      params: { code: 'techstore', table: 'products' },
      query: { sort: 'title', limit: '1' },
    });
    await call('overview');
    await call('saveChecklist', { body: { done: ['preview'], isDismissed: false } });
    for (const query of [{}, { store: 'techstore' }, { store: '-', limit: '1', offset: '1' }])
      await call('listRequests', { query });
    const { requests } = await call('listRequests', { query: { console: 'hide' } });
    for (const { requestId } of requests) await call('getRequest', { params: { id: requestId } });
    for (const url of [
      'http://techstore.localhost/products',
      'localhost/storefront/techstore',
      'nosuch.localhost',
      '1.2.3.4',
      'admin.localhost',
    ])
      await call('why', { body: { url } });
    await call('consoleSignInLink');
    await call('clearRequests');
    await call('listProvisioningJobs');
    await call('storeMigrations', { params: { code: 'techstore' } });
    await call('migrateStore', { params: { code: 'techstore' } });
    await call('backends');
    await call('planSwitch', { body: { to: 'sqlite/row' } });
    // A request that writes holds the move up, so that it can be cancelled.
    const written = Promise.withResolvers<void>();
    const writing = platform.parts.storeGate.request(() => written.promise);
    await call('startSwitch', { body: { to: 'sqlite/row' } });
    await call('cancelSwitch');
    written.resolve();
    await writing;
    expect((await switchTo(platform, 'sqlite/row')).state).toBe('done');
    await call('dropKeptBackend', { params: { engine: 'sqlite', isolation: 'database' } });
  });

  it('on names, domains and certificates does as well', async () => {
    const call = callerOf(await startApart('techstore'));
    const store = { params: { code: 'techstore' } };
    const domain = { params: { code: 'techstore', domain: 'shop.example.org' } };

    await call('addDomain', { ...store, body: { domain: 'shop.example.org', withTwin: true } });
    await call('checkDomain', { ...store, body: { domain: 'shop.dev' } });
    await call('playScenario', { body: { domain: 'shop.example.org', scenario: 'wrong_token' } });
    await call('verifyDomain', { ...domain, body: { method: 'dns' } });
    await call('verifyDomain', { ...domain, body: { method: 'administrator' } });
    for (const name of ['storeDomains', 'domainGuide', 'rehearsalDns'] as const) await call(name, domain);
    await call('changeDomain', { ...domain, body: { isPrimary: true } });
    await call('changeRehearsal', { body: { delayMs: 1 } });
    const record = { name: 'a.example.org', type: 'A', value: '127.0.0.1' };
    const { records } = await call('addRehearsalRecord', { body: record });
    await call('removeRehearsalRecord', { params: { id: records[0]?.id ?? '' } });

    await call('hosts');
    const { expected } = await call('planHosts', { body: { action: 'sync' } });
    await call('applyHosts', { body: { action: 'sync', expected } });
    await call('changeHosts', { body: { ipv6: true } });
    await call('probeNames', { body: { names: ['techstore.localhost'] } });
    await call('changePac', { body: { isOn: true } });
    await call('pac');
    await call('removeDomain', domain);

    await call('changeHttps', { body: { isOn: true } });
    await call('certificates');
    await call('importCertificate', { body: { certificate: TEST_CERTIFICATE, key: TEST_KEY } });
    await call('removeCertificate', { params: { name: 'localhost' } });
    await call('trustAuthority', { body: { stores: [] } });
    await call('untrustAuthority');
    await call('renewCertificates');
    const { findings } = await call('doctor');
    const fixable = findings.find(({ fix }) => fix?.action === 'hosts-sync');
    await call('fixFinding', { body: { finding: fixable?.id ?? 'none' } });
  });

  it('on recorded requests and routes does as well', async () => {
    const platform = await startApart('techstore,fashion');
    const call = callerOf(platform);
    await platform.ask({ host: 'techstore.localhost', path: '/products' });
    const id = (await call('listRequests', { query: { store: 'techstore' } })).requests[0]?.requestId ?? '';

    const { requestId } = await call('resendRequest', { params: { id }, body: { store: 'fashion' } });
    await call('compareRequests', { params: { id, other: requestId } });
    await call('explainStatement', { params: { id }, body: { statement: 0 } });
    for (const format of ['curl', 'fetch', 'report']) await call('copyRequest', { params: { id }, query: { format } });
    await call('sendRequest', { body: { method: 'GET', url: 'http://techstore.localhost/' } });
    await call('importHar', { body: await call('exportHar', { query: { store: 'techstore' } }) });
    await call('changeInspector', { body: { slowRequestMs: 1000 } });
    await call('inspector');
    const filters = { filters: [{ name: 'Errors', query: 'status=5xx' }] };
    await call('saveFilters', { body: filters });
    expect(await call('savedFilters')).toEqual(filters);
    await call('listLogs', { query: { limit: '10' } });

    await call('routes', { query: { text: 'techstore' } });
    const file = { version: 1, checks: [{ url: 'http://techstore.localhost/', store: 'techstore' }] };
    expect(await call('checkRoutes', { body: file })).toMatchObject({ passed: 1 });
    await call('saveRouteChecks', { body: file });
    expect(await call('routeChecks')).toEqual(file);
  });

  it('is called by the tests above', () => {
    expect([...called].sort()).toEqual(Object.keys(operations).sort());
  });

  it('refuses in the form of the contract, with every fault of its input', async () => {
    const platform = await startApart();
    const names = Object.keys(operations) as OperationName[];
    const params = Object.fromEntries(
      ['code', 'id', 'table', 'domain', 'name', 'other', 'engine', 'isolation'].map((key) => [key, 'nosuch']),
    );

    for (const name of names) {
      const { body, query, path, problems = [] }: Operation = operations[name];
      const inputs: OperationCall[] = [];
      // Where every member may be absent, nothing at all is no fault.
      const wrongs = [[], 'text', null, { nonsense: 1 }].filter((wrong) => !body?.safeParse(wrong ?? {}).success);
      if (body) for (const wrong of wrongs) inputs.push({ params, body: wrong });
      if (query) inputs.push({ params, query: { nonsense: '1' } });
      if (path.includes('{')) inputs.push({ params, ...(body ? { body: {} } : {}) });
      for (const input of inputs) {
        const answer = await callOperation(platform, name, input);
        const refusal = problem.parse(answer.json());
        expect([400, ...problems], `${name} ${JSON.stringify(input)}: ${answer.text}`).toContain(answer.status);
        expect(refusal.status).toBe(answer.status);
        if (refusal.status === 422) expect(refusal.errors?.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('GET /api/overview', () => {
  it('counts stores and what each was asked, without the console and health checks', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    for (const path of ['/', '/products']) await platform.ask({ host: 'techstore.localhost', path });
    await platform.ask({ host: 'nosuch.localhost' });
    await platform.ask({ host: 'localhost', path: '/health' });
    await expectOperation(platform, 'createStore', { body: { name: 'Books' } });
    await expectOperation(platform, 'deleteStore', { params: { code: 'books' } });

    const overview = await expectOperation(platform, 'overview');

    expect(overview.stores).toEqual({ total: 1, active: 1, deleted: 1 });
    expect(overview.health.map(({ name, isHealthy }) => [name, isHealthy])).toEqual([
      ['platform_database', true],
      ['store_backend', true],
    ]);
    expect(
      overview.traffic.map(({ code, requestsPerMinute, errorsPerMinute }) => [
        code,
        requestsPerMinute,
        errorsPerMinute,
      ]),
    ).toEqual([
      ['techstore', 2, 0],
      [null, 1, 0],
    ]);
    expect(overview.server).toMatchObject({ port: platform.port, dataDir: platform.dataDir, pid: process.pid });
  });

  it('keeps the checklist over a restart', async () => {
    const before = await startTestPlatform();
    expect((await expectOperation(before, 'overview')).checklist).toEqual({ done: [], isDismissed: false });
    await expectOperation(before, 'saveChecklist', {
      body: { done: ['preview', 'request', 'preview'], isDismissed: true },
    });
    await before.stop();

    const after = await startTestPlatform({ dataDir: before.dataDir });

    expect((await expectOperation(after, 'overview')).checklist).toEqual({
      done: ['preview', 'request'],
      isDismissed: true,
    });
  });
});

describe('GET /api/requests', () => {
  it('says which setting dropped the details of a request that is still listed', async () => {
    const platform = await startTestPlatform({ flags: ['--trace-megabytes', '1'] });
    const padding = 'x'.repeat(1500);
    const first = await platform.ask({ host: 'localhost', path: '/first' });
    await Promise.all(
      Array.from({ length: 600 }, (_, index) => platform.ask({ host: 'localhost', path: `/${index}?${padding}` })),
    );

    const { requests, kept } = await expectOperation(platform, 'listRequests', { query: { text: '/first' } });
    const answer = await callOperation(platform, 'getRequest', { params: { id: first.headers['x-request-id'] ?? '' } });

    expect(requests).toHaveLength(1);
    expect(kept.bytes).toBeLessThanOrEqual(kept.maxBytes);
    expect(answer.json()).toMatchObject({
      status: 404,
      code: 'request_details_dropped',
      detail: expect.stringContaining('--trace-megabytes'),
    });
  });
});

it('keeps the folder of the data from everyone but the administrator', async () => {
  const platform = await startTestPlatform();

  for (const path of ['/health', '/health/ready', '/'])
    expect((await platform.ask({ host: 'localhost', path })).text).not.toContain(platform.dataDir);
});

it('is kept by no browser: it names people, and ends with the session', async () => {
  const platform = await startTestPlatform({ fixtures: 'techstore' });

  for (const path of ['/api/stores', '/api/stores/techstore', '/api/requests', '/api/overview'])
    expect((await platform.askConsole({ path })).headers['cache-control'], path).toBe('no-store');
});
