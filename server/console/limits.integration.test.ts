/** What a store may use: shown, changed, written down, and kept to from the next request on. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteFile } from '../database/sqlite-file.ts';
import { callOperation, expectOperation } from '../testing/call-operation.ts';
import { makePicture, uploadOf } from '../testing/pictures.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const BOOKS = { params: { code: 'books' } };

async function start(...flags: readonly string[]): Promise<TestPlatform> {
  const platform = await startTestPlatform({ flags });
  for (const name of ['Books', 'Toys']) await expectOperation(platform, 'createStore', { body: { name } });
  return platform;
}

const api = (platform: TestPlatform, code: string) =>
  platform.ask({ host: `${code}.localhost:{port}`, path: '/api/v1/store' });

/** Who changed the limits of which store, and how. */
async function auditOf(platform: TestPlatform): Promise<unknown[]> {
  const file = openSqliteFile({ filename: join(platform.dataDir, 'platform.sqlite'), tables: [] });
  const rows = file.query<{ actor: string; resource: string; changes: string }>(
    "SELECT actor, resource, changes FROM audit_log WHERE action = 'store.limits' ORDER BY id",
  );
  await file.close();
  return rows.map(({ actor, resource, changes }) => [actor, resource, JSON.parse(changes)]);
}

describe('GET and PATCH /api/stores/{code}/limits', () => {
  it("gives the source documents' defaults and what is used", async () => {
    const platform = await start();
    await api(platform, 'books');
    await api(platform, 'books');

    const answer = await expectOperation(platform, 'storeLimits', BOOKS);

    const defaults = { requestsPerMinute: 1000, connections: 20, storageMegabytes: 10_240, concurrentJobs: 5 };
    expect(answer).toMatchObject({ limits: defaults, defaults, changed: [] });
    expect(answer.usage).toMatchObject({ requestsThisMinute: 2, connections: 0, waiting: 0, jobs: 0 });
    expect(answer.usage.storageBytes).toBeGreaterThan(10_000);
  });

  it('changes some, sets one back, and writes down who changed what', async () => {
    const platform = await start('--store-connections', '8');
    const change = (body: object) => expectOperation(platform, 'changeStoreLimits', { ...BOOKS, body });

    await change({ requestsPerMinute: 5, connections: 3 });
    expect(await change({ storageMegabytes: 100 })).toMatchObject({
      limits: { requestsPerMinute: 5, connections: 3, storageMegabytes: 100, concurrentJobs: 5 },
      changed: ['requestsPerMinute', 'connections', 'storageMegabytes'],
    });
    const back = await change({ requestsPerMinute: null, connections: null, storageMegabytes: null });
    await change({ connections: null });

    expect(back).toMatchObject({ limits: { requestsPerMinute: 1000, connections: 8 }, changed: [] });
    expect((await expectOperation(platform, 'storeLimits', { params: { code: 'toys' } })).changed).toEqual([]);
    expect(await auditOf(platform)).toEqual([
      ['command line', 'books', { requestsPerMinute: 5, connections: 3 }],
      ['command line', 'books', { storageMegabytes: 100 }],
      ['command line', 'books', { requestsPerMinute: null, connections: null, storageMegabytes: null }],
    ]);
  });

  it('names every fault, and stores there are not', async () => {
    const platform = await start();
    const body = { requestsPerMinute: 0, connections: 1.5, storage: 1 };

    const wrong = await callOperation(platform, 'changeStoreLimits', { ...BOOKS, body });
    const unknown = await callOperation(platform, 'storeLimits', { params: { code: 'nobody' } });

    expect([wrong.status, unknown.status]).toEqual([422, 404]);
    const fields = wrong.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field);
    expect(fields.sort()).toEqual(['connections', 'requestsPerMinute', 'storage']);
  });
});

describe('the limit of API requests', () => {
  it('is a store’s own, says what is left, and acts at once when it is changed', async () => {
    const platform = await start('--api-requests-per-minute', '2');
    const first = await api(platform, 'books');
    expect(first.headers).toMatchObject({ 'ratelimit-policy': '"store";q=2;w=60' });
    expect(first.headers['ratelimit']).toMatch(/^"store";r=1;t=\d+$/);
    await api(platform, 'books');

    const refused = await api(platform, 'books');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(refused.headers['ratelimit']).toMatch(/^"store";r=0;t=\d+$/);
    expect((await api(platform, 'toys')).status).toBe(200);

    await expectOperation(platform, 'changeStoreLimits', { ...BOOKS, body: { requestsPerMinute: 10 } });
    expect((await api(platform, 'books')).status).toBe(200);
    await expectOperation(platform, 'changeStoreLimits', { ...BOOKS, body: { requestsPerMinute: 1 } });
    expect((await api(platform, 'books')).status).toBe(429);
  });

  it('pages have none of it', async () => {
    const platform = await start('--api-requests-per-minute', '1');

    const answers = [];
    for (let count = 0; count < 3; count += 1) answers.push(await platform.ask({ host: 'books.localhost:{port}' }));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]?.headers['ratelimit']).toBeUndefined();
  });
});

describe('the limit of storage', () => {
  it('refuses a logo for which there is no room, with 507, and takes it when there is', async () => {
    const platform = await start('--store-storage-megabytes', '1');
    const logo = uploadOf(await makePicture('png'), 'logo.png');
    // The store's own files, beyond its limit.
    const folder = join(platform.parts.storageDir, 'store_1');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'big.bin'), Buffer.alloc(2 * 1024 * 1024));
    platform.parts.limitParts.storage.forget(1);

    const refused = await callOperation(platform, 'updateStore', { ...BOOKS, body: { logo } });

    expect(refused.status).toBe(507);
    expect(refused.json()).toMatchObject({
      code: 'storage_full',
      detail: expect.stringContaining('books may use 1 MB'),
    });
    await expectOperation(platform, 'changeStoreLimits', { ...BOOKS, body: { storageMegabytes: 10 } });
    expect((await expectOperation(platform, 'updateStore', { ...BOOKS, body: { logo } })).logoUrl).not.toBeNull();
  });
});

describe('the metrics', () => {
  it('tell of connections, storage and refused requests of each store', async () => {
    const platform = await start('--api-requests-per-minute', '1');
    await api(platform, 'books');
    await api(platform, 'books');
    let text = '';
    // Asked while a statement of the store is under way.
    await platform.parts.backend.use({ id: 1, code: 'books', schemaName: 'books' }, (database) =>
      database.transaction(async () => {
        text = (await platform.ask({ host: 'localhost:{port}', path: '/metrics' })).text;
      }),
    );

    expect(text).toContain('rate_limited_total{store="books"} 1');
    expect(text).toContain('db_pool_connections{store="books",state="used"} 1');
    expect(text).toMatch(/db_pool_connections\{store="all",state="max"\} \d+/);
    expect(text).toMatch(/store_storage_bytes\{store="books"\} \d{4,}/);
  });
});
