/** Stores in the making, and migrations of stores, as the console and the command line see them. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PROVISIONING_STEPS } from '../contract/stores.ts';
import type { Migration } from '../database/migrator.ts';
import { openSqliteFile } from '../database/sqlite-file.ts';
import type { BackendName } from '../database/store-database.ts';
import { callOperation, expectOperation } from '../testing/call-operation.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const known = vi.hoisted(() => ({ migrations: [] as Migration[] }));
vi.mock('../../migrations/store/index.ts', async (original) => {
  const { storeMigrations } = await original<{ storeMigrations: readonly Migration[] }>();
  known.migrations.push(...storeMigrations);
  return { storeMigrations: known.migrations };
});

/** Where each store has tables of its own. */
const OWN_PLACES: readonly BackendName[] = ['sqlite/database', 'postgres/schema', 'postgres/database'];
const NAME = '20990101000000-note-products';
/** Works half-way, then fails where a store has products: its index wants what is not so. */
const failsWithProducts: Migration = {
  name: NAME,
  async up({ run }) {
    await run('CREATE TABLE IF NOT EXISTS notes (store_id INTEGER NOT NULL)');
    await run("UPDATE products SET title = 'changed'");
    await run('CREATE UNIQUE INDEX IF NOT EXISTS idx_notes ON products (title)');
  },
  down: async () => undefined,
};

/** A folder with an empty store and one with goods, as a version before the migration left it. */
async function folderBeforeUpdate(backend: BackendName = 'sqlite/database'): Promise<string> {
  const dataDir = temporaryFolder();
  const platform = await startTestPlatform({ dataDir, backend });
  for (const [name, catalogue] of [
    ['Empty', 'empty'],
    ['Goods', 'techstore'],
  ])
    await expectOperation(platform, 'createStore', { body: { name, catalogue } });
  await platform.stop();
  return dataDir;
}

/** A later version of the program, which has one migration more. */
async function startUpdated(dataDir: string, backend: BackendName = 'sqlite/database'): Promise<TestPlatform> {
  known.migrations.push(failsWithProducts);
  onTestFinished(() => {
    known.migrations.splice(known.migrations.indexOf(failsWithProducts), 1);
  });
  return startTestPlatform({ dataDir, backend });
}

function contentOf(dataDir: string, number: number): string {
  const file = openSqliteFile({ filename: join(dataDir, 'stores', `store_${number}.sqlite`), tables: [] });
  const rows = ['sqlite_master', 'products', 'product_variants', 'schema_migrations'].map((name) =>
    file.query(`SELECT * FROM ${name} ORDER BY 1, 2`),
  );
  void file.close();
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

describe('GET /api/provisioning', () => {
  it('lists how stores were made, step by step, and forgets the picture', async () => {
    const platform = await startTestPlatform();
    expect(await expectOperation(platform, 'listProvisioningJobs')).toEqual({ jobs: [] });

    await expectOperation(platform, 'createStore', { body: { name: 'Corner Books' } });
    await callOperation(platform, 'createStore', { body: { name: 'Again', code: 'corner-books' } });

    const { jobs } = await expectOperation(platform, 'listProvisioningJobs');
    expect(jobs).toMatchObject([
      { code: 'corner-books', name: 'Corner Books', state: 'done', attempts: 1, error: null },
    ]);
    expect(jobs[0]?.steps.map(({ step, state }) => [step, state])).toEqual(
      PROVISIONING_STEPS.map((step) => [step, 'done']),
    );
  });
});

describe('a migration that throws half-way for one store', () => {
  it('leaves its data as it was and its shoppers with 503, while the others are migrated and answer', async () => {
    const dataDir = await folderBeforeUpdate();
    const before = contentOf(dataDir, 2);
    const platform = await startUpdated(dataDir);

    const broken = await platform.ask({ host: 'goods.localhost', path: '/data' });
    expect(broken.json()).toMatchObject({
      status: 503,
      code: 'store_not_migrated',
      detail: expect.stringContaining('could not be brought up to date after an update'),
    });
    expect((await platform.ask({ host: 'empty.localhost', path: '/data' })).status).toBe(200);

    expect((await callOperation(platform, 'migrateStore', { params: { code: 'goods' } })).json()).toMatchObject({
      status: 503,
      code: 'migration_failed',
      detail: expect.stringMatching(/^Migration 20990101000000-note-products of store goods failed: .*as it was/),
    });
    await platform.stop();
    expect(contentOf(dataDir, 2)).toBe(before);
  });

  it.each(OWN_PLACES)('is listed as not run, without being run by that, and named on %s', async (backend) => {
    const dataDir = await folderBeforeUpdate(backend);
    const platform = await startUpdated(dataDir, backend);
    const lacking = async (code: string) =>
      (await expectOperation(platform, 'storeMigrations', { params: { code } })).migrations
        .filter((one) => one.executedAt === null)
        .map((one) => one.name);

    expect([await lacking('empty'), await lacking('goods')]).toEqual([[NAME], [NAME]]);
    expect([await lacking('empty'), await lacking('goods')]).toEqual([[NAME], [NAME]]);
    expect(await expectOperation(platform, 'migrateStore', { params: { code: 'empty' } })).toEqual({ ran: [NAME] });
    expect(await expectOperation(platform, 'migrateStore', { params: { code: 'empty' } })).toEqual({ ran: [] });
    expect([await lacking('empty'), await lacking('goods')]).toEqual([[], [NAME]]);
    expect((await callOperation(platform, 'migrateStore', { params: { code: 'goods' } })).json()).toMatchObject({
      status: 503,
      detail: expect.stringContaining(`Migration ${NAME} of store goods failed`),
    });
    expect((await platform.ask({ host: 'goods.localhost', path: '/data' })).json()).toMatchObject({
      status: 503,
      code: 'store_not_migrated',
    });
    expect((await platform.ask({ host: 'empty.localhost', path: '/data' })).status).toBe(200);
  });
});
