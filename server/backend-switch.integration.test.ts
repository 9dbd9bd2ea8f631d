/** Moving a platform between backends, from outside: what users and stores see of it. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BACKEND_IDS, type BackendId, type SwitchStatus } from './contract/backends.ts';
import { callOperation, expectOperation } from './testing/call-operation.ts';
import { dropBackend, lazyDatabase, switchTo } from './testing/switching.ts';
import { startTestPlatform, type TestPlatform } from './testing/test-platform.ts';
import { watchEvents } from './testing/watch-events.ts';

const PAIRS = BACKEND_IDS.flatMap((from) => BACKEND_IDS.filter((to) => to !== from).map((to) => [from, to] as const));

/** What a shopper and a member of staff see of the demo stores. */
async function seen(platform: TestPlatform): Promise<unknown> {
  const pages = [];
  for (const code of ['techstore', 'fashion'])
    for (const path of ['/data', '/products', '/pages/about']) {
      const answer = await platform.ask({ host: `${code}.localhost:{port}`, path });
      const text = answer.status === 200 ? answer.text.replace(/nonce="[^"]*"/g, '') : '';
      pages.push([code, path, answer.status, text]);
    }
  return pages;
}

async function orderIn(
  platform: TestPlatform,
  code: string,
): Promise<{ status: number; text: string; retryAfter: string | undefined }> {
  const headers = { Authorization: `Bearer ${platform.parts.controlToken}` };
  const host = `${code}.localhost:{port}`;
  const answer = await platform.ask({ host, method: 'POST', path: '/api/v1/demo-orders', headers });
  return { status: answer.status, text: answer.text, retryAfter: answer.headers['retry-after'] };
}

async function ordersOf(platform: TestPlatform, code: string): Promise<string[]> {
  const headers = { Authorization: `Bearer ${platform.parts.controlToken}` };
  const answer = await platform.ask({ host: `${code}.localhost:{port}`, path: '/api/v1/demo-orders', headers });
  return answer.json<{ orders: string[] }>().orders;
}

const start = (backend: BackendId) => startTestPlatform({ backend, fixtures: 'techstore,fashion' });

describe('moving to another backend', () => {
  it.each(PAIRS)('from %s to %s shows the same shops, before and after a restart', async (from, to) => {
    const database = lazyDatabase();
    const platform = await start(from);
    await platform.askConsole({ method: 'DELETE', path: '/api/stores/fashion' });
    const before = await seen(platform);

    const isToPostgres = to.startsWith('postgres') && from.startsWith('sqlite');
    const status = await switchTo(platform, to, isToPostgres ? await database() : undefined);

    expect(status).toMatchObject({
      state: 'done',
      from,
      to,
      phase: 'flip',
      error: null,
      storesDone: 2,
      storesTotal: 2,
    });
    expect(status.rowsDone).toBe(status.rowsTotal);
    expect(status.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await seen(platform)).toEqual(before);
    expect((await orderIn(platform, 'techstore')).status).toBe(201);
    await platform.stop();
    const again = await startTestPlatform({ backend: to, dataDir: platform.dataDir });
    expect(again.parts.backend).toMatchObject({ engine: to.split('/')[0], isolation: to.split('/')[1] });
    expect(await ordersOf(again, 'techstore')).toHaveLength(2);
    // A deleted store has moved along.
    expect((await callOperation(again, 'restoreStore', { params: { code: 'fashion' } })).status).toBe(200);
    expect(await ordersOf(again, 'fashion')).toHaveLength(1);
  });

  it('through all backends and back ends with the content it began with', async () => {
    const database = lazyDatabase();
    const platform = await start('sqlite/database');
    const before = await seen(platform);
    const hashes: (string | null)[] = [];
    const route: BackendId[] = [
      'sqlite/row',
      'postgres/row',
      'postgres/schema',
      'postgres/database',
      'sqlite/row',
      'sqlite/database',
    ];
    for (const to of route) {
      const { backends } = await expectOperation(platform, 'backends');
      if (backends.find(({ id }) => id === to)?.state === 'kept') await dropBackend(platform, to);
      const status = await switchTo(platform, to, to === 'postgres/row' ? await database() : undefined);
      expect([status.state, status.error]).toEqual(['done', null]);
      hashes.push(status.contentHash);
    }

    expect(new Set(hashes).size).toBe(1);
    expect(await seen(platform)).toEqual(before);
    const { history } = await expectOperation(platform, 'backends');
    expect(history.map(({ to }) => to)).toEqual(route.toReversed());
    const made = await callOperation(platform, 'createStore', { body: { name: 'New one', catalogue: 'empty' } });
    expect(made.json()).toMatchObject({ id: 3 });
  });

  it('tells of every phase in its order, on every open console', async () => {
    const platform = await start('sqlite/database');
    const events = watchEvents(platform, 'switch');

    await switchTo(platform, 'sqlite/row');

    const told = events();
    const phases = told.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
    expect(phases).toEqual(['copy', 'wait', 'verify', 'flip']);
    expect(told.at(-1)).toMatchObject({ state: 'done', storesDone: 2 } satisfies Partial<SwitchStatus>);
  });

  it('writes down who asked, and shows what is kept until it is removed', async () => {
    const platform = await start('sqlite/database');
    await switchTo(platform, 'sqlite/row');

    const { current, backends } = await expectOperation(platform, 'backends');
    expect(current).toBe('sqlite/row');
    expect(backends.find(({ id }) => id === 'sqlite/database')).toMatchObject({
      state: 'kept',
      place: 'the data folder',
    });
    expect(existsSync(join(platform.dataDir, 'stores/store_1.sqlite'))).toBe(true);
    const refused = await callOperation(platform, 'startSwitch', { body: { to: 'sqlite/database' } });
    expect(refused.json()).toMatchObject({ status: 409, code: 'kept_copy' });
    await dropBackend(platform, 'sqlite/database');
    expect(existsSync(join(platform.dataDir, 'stores/store_1.sqlite'))).toBe(false);
    expect((await switchTo(platform, 'sqlite/database')).state).toBe('done');
    expect(
      (
        await callOperation(platform, 'dropKeptBackend', { params: { engine: 'sqlite', isolation: 'database' } })
      ).json(),
    ).toMatchObject({
      code: 'backend_in_force',
    });
    expect(
      (await callOperation(platform, 'dropKeptBackend', { params: { engine: 'postgres', isolation: 'row' } })).status,
    ).toBe(404);
  });

  it('keeps the address of a server where nobody else can read it, and shows it without its password', async () => {
    const platform = await start('sqlite/database');
    const url = await lazyDatabase()();
    const { password } = new URL(url);
    await switchTo(platform, 'postgres/schema', url);

    const file = join(platform.dataDir, 'place.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const overview = await callOperation(platform, 'backends');
    expect(password === '' ? '' : overview.text).not.toContain(password === '' ? ' ' : password);
    await dropBackend(platform, 'sqlite/database');
    expect(existsSync(join(platform.dataDir, 'platform.sqlite'))).toBe(false);
    expect(existsSync(join(platform.dataDir, 'stores/store_1.sqlite'))).toBe(false);
  });
});

describe('a plan', () => {
  it('counts what would move, and moves nothing', async () => {
    const platform = await start('sqlite/database');

    const plan = await expectOperation(platform, 'planSwitch', { body: { to: 'sqlite/row' } });

    expect(plan).toMatchObject({ from: 'sqlite/database', to: 'sqlite/row', target: null, stores: 2, obstacles: [] });
    expect(plan.tables.find(({ table }) => table === 'products')).toEqual({ table: 'products', rows: 4 });
    expect(plan.rows).toBe(plan.tables.reduce((sum, { rows }) => sum + rows, 0));
    expect((await expectOperation(platform, 'backends')).current).toBe('sqlite/database');
  });

  it('names what stands in the way', async () => {
    const platform = await start('sqlite/database');
    const codes = async (body: object) =>
      (await expectOperation(platform, 'planSwitch', { body })).obstacles.map(({ code }) => code);

    expect(await codes({ to: 'sqlite/database' })).toEqual(['already_there']);
    const other = await start('postgres/row');
    const databaseUrl = other.parts.switches.place.address.databaseUrl;
    expect(await codes({ to: 'postgres/schema', databaseUrl })).toContain('target_not_empty');
    await other.stop();
    expect(await codes({ to: 'postgres/schema', databaseUrl })).toContain('target_not_empty');
  });

  it('refuses what cannot be a target, naming the field', async () => {
    const platform = await start('sqlite/database');
    const plan = (body: unknown) => callOperation(platform, 'planSwitch', { body });

    for (const body of [
      {},
      { to: 'oracle/row' },
      { to: 'postgres/row', databaseUrl: 'nonsense' },
      { to: 'sqlite/row', databaseUrl: 'postgres://a@b/c' },
      { to: 'sqlite/row', more: 1 },
    ])
      expect([(await plan(body)).status, body]).toEqual([422, body]);
    const nobody = await plan({ to: 'postgres/row', databaseUrl: 'postgres://nobody:secret@127.0.0.1:1/none' });
    expect(nobody.status).toBeGreaterThanOrEqual(422);
    expect(nobody.text).not.toContain('secret');
    expect((await callOperation(platform, 'cancelSwitch')).status).toBe(404);
  });
});
