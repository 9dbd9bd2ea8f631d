/** Deleting with undo: gone at once for everyone, back as it was, and removed for good when its time is over. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { stores } from '../database/platform-tables.ts';
import { openSqliteFile } from '../database/sqlite-file.ts';
import { ask } from '../testing/http.ts';
import { makePicture, uploadOf } from '../testing/pictures.ts';
import { platformOf } from '../testing/platform-rows.ts';
import { consoleOf, killServer, type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { ALL_BACKENDS, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { watchEvents } from '../testing/watch-events.ts';
import { KEPT_DELETED_MS } from './deleted-stores.ts';

const HTML = { Accept: 'text/html' };
const ROUNDS = 4;

interface Listed {
  readonly stores: readonly { readonly code: string }[];
}

const console = (platform: TestPlatform, method: string, path: string, body?: unknown) =>
  platform.askConsole({ method, path, ...(body === undefined ? {} : { body }) });
const codes = async (platform: TestPlatform, path: string) =>
  (await console(platform, 'GET', path)).json<Listed>().stores.map((store) => store.code);

it('that cannot be removed keeps nobody from starting, and is tried again', async () => {
  const first = await startTestPlatform();
  for (const name of ['Stuck', 'Loose', 'Live']) await console(first, 'POST', '/api/stores', { name });
  await first.stop();
  const file = openSqliteFile({ filename: join(first.dataDir, 'platform.sqlite'), tables: [] });
  file.query("UPDATE stores SET state = 'deleting' WHERE code <> 'live'");
  await file.close();
  const obstacle = join(first.dataDir, 'stores', 'store_1.sqlite.new');
  mkdirSync(join(obstacle, 'not empty'), { recursive: true });

  const second = await startTestPlatform({ dataDir: first.dataDir });

  expect(await codes(second, '/api/stores')).toEqual(['live']);
  expect((await console(second, 'POST', '/api/stores', { name: 'Stuck' })).status).toBe(409);
  expect((await console(second, 'POST', '/api/stores', { name: 'Loose' })).status).toBe(201);
  await second.stop();
  rmSync(obstacle, { recursive: true });
  const third = await startTestPlatform({ dataDir: first.dataDir });
  expect((await console(third, 'POST', '/api/stores', { name: 'Stuck' })).status).toBe(201);
});

describe.each(ALL_BACKENDS)('a deleted store on %s', (backend) => {
  const withBooks = async (options: { readonly dataDir?: string } = {}) => {
    const platform = await startTestPlatform({ backend, ...options });
    const made = await console(platform, 'POST', '/api/stores', {
      name: 'Books',
      catalogue: 'techstore',
      ownerEmail: 'owner@books.test',
      domains: ['books.example'],
      logo: uploadOf(await makePicture('png')),
    });
    expect(made.status).toBe(201);
    return platform;
  };
  const statusOf = async (platform: TestPlatform, host: string, path = '/') =>
    (await platform.ask({ host, path, headers: HTML })).status;

  it('is unknown to everyone at once, and nobody is led to it', async () => {
    const platform = await withBooks();
    expect(await statusOf(platform, 'books.localhost')).toBe(200);

    const deleted = await console(platform, 'DELETE', '/api/stores/books');

    const { restorableUntil } = deleted.json<{ restorableUntil: number }>();
    expect(deleted.json()).toEqual({ deleted: 'books', restorableUntil });
    expect(await statusOf(platform, 'books.localhost')).toBe(404);
    expect(await statusOf(platform, 'books.example')).toBe(421);
    expect(await statusOf(platform, 'localhost', '/storefront/books')).toBe(404);
    expect(await statusOf(platform, 'localhost', '/store/books')).toBe(404);
    const near = await platform.ask({ host: 'book.localhost' });
    expect(near.json()).toMatchObject({ code: 'store_not_found', nearMatches: [] });
    expect(await codes(platform, '/api/stores')).toEqual([]);
    expect((await console(platform, 'GET', '/api/stores/books')).json()).toMatchObject({
      status: 404,
      code: 'store_deleted',
    });
    expect((await console(platform, 'PATCH', '/api/stores/books', { name: 'X' })).status).toBe(404);
    expect((await console(platform, 'POST', '/api/stores/books/sign-in-links')).status).toBe(404);
    expect((await console(platform, 'DELETE', '/api/stores/books')).status).toBe(404);
    const { stores } = (await console(platform, 'GET', '/api/deleted-stores')).json<{ stores: object[] }>();
    expect(stores).toMatchObject([{ code: 'books', name: 'Books', restorableUntil }]);
  });

  it('keeps its names: who wants them is told until when, and what to do', async () => {
    const platform = await withBooks();
    await console(platform, 'DELETE', '/api/stores/books');

    const again = await console(platform, 'POST', '/api/stores', { name: 'Books', domains: ['books.example'] });

    const { errors } = again.json<{ errors: { field: string; message: string }[] }>();
    expect(again.json()).toMatchObject({ status: 409, code: 'name_taken' });
    expect(errors.map(({ field }) => field)).toEqual(['code', 'domains[0]']);
    for (const { message } of errors) {
      expect(message).toMatch(/names are kept until \d+ \w+ \d{4}/);
      expect(message).toContain('orion store restore books');
      expect(message).toContain('orion store delete books --permanently');
    }
  });

  it('comes back as it was, for everyone at once', async () => {
    const platform = await withBooks();
    const before = (await console(platform, 'GET', '/api/stores/books')).json<{ version: number }>();
    const events = watchEvents(platform, 'store');
    await console(platform, 'DELETE', '/api/stores/books');
    expect(await statusOf(platform, 'books.localhost')).toBe(404);

    const restored = await console(platform, 'POST', '/api/deleted-stores/BOOKS/restore');

    expect(restored.status).toBe(200);
    expect((await console(platform, 'GET', '/api/stores/books')).json()).toEqual({
      ...before,
      version: before.version + 2,
      logoUrl: restored.json<{ logoUrl: string }>().logoUrl,
    });
    expect((await platform.ask({ host: 'books.localhost', path: '/products', headers: HTML })).text).toContain(
      'Laptop',
    );
    expect(await statusOf(platform, 'books.example')).toBe(200);
    expect(await codes(platform, '/api/deleted-stores')).toEqual([]);
    expect(events()).toEqual([
      { name: 'deleted', id: 1, code: 'books' },
      { name: 'restored', id: 1, code: 'books' },
    ]);
    expect((await console(platform, 'POST', '/api/deleted-stores/books/restore')).status).toBe(404);
  });

  it('can be removed for good at any time, deleted before or not, and leaves nothing', async () => {
    const platform = await withBooks();
    const { storageDir } = platform.parts;
    expect((await console(platform, 'DELETE', '/api/stores/books?permanently=perhaps')).status).toBe(422);
    await console(platform, 'DELETE', '/api/stores/books');
    expect(readdirSync(storageDir)).toEqual(['store_1']);

    const removed = await console(platform, 'DELETE', '/api/stores/books?permanently=true');

    expect(removed.json()).toEqual({ deleted: 'books', restorableUntil: null });
    expect(readdirSync(storageDir)).toEqual([]);
    expect(existsSync(join(platform.dataDir, 'stores', 'store_1.sqlite'))).toBe(false);
    expect(await codes(platform, '/api/deleted-stores')).toEqual([]);
    expect((await console(platform, 'POST', '/api/deleted-stores/books/restore')).status).toBe(404);
    const again = await console(platform, 'POST', '/api/stores', { name: 'Books', domains: ['books.example'] });
    expect(again.json()).toMatchObject({ id: 2, version: 1 });
    expect((await console(platform, 'DELETE', '/api/stores/books?permanently=true')).status).toBe(200);
    expect((await console(platform, 'DELETE', '/api/stores/books?permanently=true')).status).toBe(404);
  });

  it('is removed at the next start when its time is over, and not before', async () => {
    const dataDir = temporaryFolder();
    const first = await withBooks({ dataDir });
    for (const name of ['Late', 'Live']) await console(first, 'POST', '/api/stores', { name });
    for (const code of ['books', 'late']) await console(first, 'DELETE', `/api/stores/${code}`);
    const age = (code: string, ms: number) =>
      platformOf(first)
        .table(stores)
        .update({ code }, { deletedAt: new Date(Date.now() - ms) }, { withDeleted: true });
    await age('books', KEPT_DELETED_MS + 60_000);
    await age('late', KEPT_DELETED_MS - 60_000);
    await first.stop();

    const second = await startTestPlatform({ dataDir, backend });

    expect(await codes(second, '/api/deleted-stores')).toEqual(['late']);
    expect(await codes(second, '/api/stores')).toEqual(['live']);
    expect(existsSync(join(dataDir, 'storage', 'store_1'))).toBe(false);
    expect((await console(second, 'POST', '/api/stores', { name: 'Books' })).status).toBe(201);
  });

  it('is there, or not, and nothing between, when the server is killed while stores are deleted, restored and removed', async () => {
    const dataDir = temporaryFolder();
    const wanted = new Map<string, Wanted>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await startServerProcess(dataDir, backend);
      await expectWhole(server, dataDir, wanted);
      await disturb(server, round, wanted);
    }
    const server = await startServerProcess(dataDir, backend);
    await expectWhole(server, dataDir, wanted);

    expect(wanted.size).toBeGreaterThan(0);
  });
});

/** What a store must be after the next start; undefined when the last change of it was not acknowledged. */
type Wanted = 'live' | 'deleted' | 'gone' | undefined;

/** Changes several stores at once and kills the server meanwhile; the moment moves on from round to round. */
async function disturb(server: ServerProcess, round: number, wanted: Map<string, Wanted>): Promise<void> {
  let answered = 0;
  const change = async (code: string, method: string, path: string, then: Wanted): Promise<boolean> => {
    wanted.set(code, undefined);
    const answer = await consoleOf(server, method, path).catch(() => null);
    if (answer?.status !== 200) return false;
    wanted.set(code, then);
    answered += 1;
    if (answered === 3 + round * 2) setTimeout(() => server.child.kill('SIGKILL'), round * 2);
    return true;
  };
  const lives = Array.from({ length: 5 }, async (_, index) => {
    const code = `shop-${round}-${index}`;
    const body = { name: code, catalogue: 'techstore' };
    const made = await consoleOf(server, 'POST', '/api/stores', body).catch(() => null);
    if (made?.status !== 201) return;
    wanted.set(code, 'live');
    const isOver = !(await change(code, 'DELETE', `/api/stores/${code}`, 'deleted'));
    if (isOver || index === 0) return;
    if (index % 2 === 0) await change(code, 'POST', `/api/deleted-stores/${code}/restore`, 'live');
    if (index > 1) await change(code, 'DELETE', `/api/stores/${code}?permanently=true`, 'gone');
  });
  await Promise.all(lives);
  await killServer(server);
}

/** Every store is live and complete, restorable and complete, or gone with all its files. */
async function expectWhole(server: ServerProcess, dataDir: string, wanted: ReadonlyMap<string, Wanted>): Promise<void> {
  const list = async (path: string) =>
    (await consoleOf(server, 'GET', path)).json<{ stores: { id: number; code: string }[] }>().stores;
  // Stores that were half made are finished while the server answers already.
  const unfinished = async () =>
    (await consoleOf(server, 'GET', '/api/provisioning'))
      .json<{ jobs: { finishedAt: number | null }[] }>()
      .jobs.filter((job) => job.finishedAt === null);
  await vi.waitFor(async () => expect(await unfinished()).toEqual([]), { timeout: 60_000 });
  const live = await list('/api/stores');
  const deleted = await list('/api/deleted-stores');
  for (const { code } of live) {
    const data = await ask(server.port, { host: `${code}.localhost`, path: '/data' });
    expect(data.json(), code).toMatchObject({ counts: { products: 2 } });
  }
  for (const { code } of deleted)
    expect((await ask(server.port, { host: `${code}.localhost`, path: '/data' })).status, code).toBe(404);
  const kept = [...live, ...deleted].map(({ id }) => `store_${id}`).sort();
  const folder = join(dataDir, 'storage');
  expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual(kept);
  for (const [code, state] of wanted) {
    if (state === undefined) continue;
    const found = [live, deleted].findIndex((stores) => stores.some((store) => store.code === code));
    expect(['gone', 'live', 'deleted'][found + 1], code).toBe(state);
  }
  for (const { code } of deleted.slice(0, 1)) {
    expect((await consoleOf(server, 'POST', `/api/deleted-stores/${code}/restore`)).status).toBe(200);
    const data = await ask(server.port, { host: `${code}.localhost`, path: '/data' });
    expect(data.json(), code).toMatchObject({ counts: { products: 2 } });
    await consoleOf(server, 'DELETE', `/api/stores/${code}`);
  }
}
