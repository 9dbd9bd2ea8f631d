import { describe, expect, it } from 'vitest';
import { type Operation, type OperationName, operations } from '../contract/operations.ts';
import { problem } from '../contract/problem.ts';
import { callOperation, expectOperation, type OperationCall } from '../testing/call-operation.ts';
import { switchTo } from '../testing/switching.ts';
import { startTestPlatform } from '../testing/test-platform.ts';

const LOGO = {
  fileName: 'logo.svg',
  data: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#06c"/></svg>',
  ).toString('base64'),
};

describe('every operation', () => {
  it('answers what the contract says, and nothing beside', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore' });
    const called = new Set<OperationName>();
    const call = <Name extends OperationName>(name: Name, input?: OperationCall) => {
      called.add(name);
      return expectOperation(platform, name, input);
    };
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

    expect([...called].sort()).toEqual(Object.keys(operations).sort());
  });

  it('refuses in the form of the contract, with every fault of its input', async () => {
    const platform = await startTestPlatform();
    const names = Object.keys(operations) as OperationName[];
    const params = { code: 'nosuch', id: 'nosuch', table: 'nosuch' };

    for (const name of names) {
      const { body, query, path, problems = [] }: Operation = operations[name];
      const inputs: OperationCall[] = [];
      if (body) for (const wrong of [[], 'text', null, { nonsense: 1 }]) inputs.push({ params, body: wrong });
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
