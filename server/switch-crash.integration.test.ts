/** A server that is killed at any moment of a move loses nothing that was acknowledged: neither orders nor changes of stores. */
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BackendId, BackendOverview } from './contract/backends.ts';
import { ask } from './testing/http.ts';
import { createTestDatabase } from './testing/postgres-server.ts';
import { consoleOf, killServer, type ServerProcess, startServerProcess } from './testing/server-process.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const KILLS = 8;
const STORES = ['one', 'two', 'three'];
const PAIRS: readonly (readonly [BackendId, BackendId])[] = [
  ['sqlite/database', 'sqlite/row'],
  ['sqlite/row', 'postgres/schema'],
  ['postgres/row', 'postgres/database'],
];

/** What the server has said is done. */
interface Acknowledged {
  readonly orders: Map<string, Set<string>>;
  /** The last name of each store that was acknowledged, and the one that may or may not have been written. */
  readonly names: Map<string, { sure: string; maybe: string }>;
}

const bearer = ({ token }: ServerProcess) => ({ Authorization: `Bearer ${token}` });

async function overviewOf(server: ServerProcess): Promise<BackendOverview> {
  return (await consoleOf(server, 'GET', '/api/backends')).json<BackendOverview>();
}

/** Orders and new names, one after another for each store, until the server is gone. */
function writeUntilGone(server: ServerProcess, known: Acknowledged): Promise<unknown> {
  const orders = STORES.map(async (code) => {
    for (;;) {
      const order = { host: `${code}.localhost`, method: 'POST', path: '/api/v1/demo-orders', headers: bearer(server) };
      const answer = await ask(server.port, order).catch(() => null);
      if (answer === null) return;
      if (answer.status === 201) known.orders.get(code)?.add(answer.json<{ orderNumber: string }>().orderNumber);
      else expect([code, answer.status]).toEqual([code, 503]);
    }
  });
  const names = STORES.map(async (code) => {
    for (;;) {
      const entry = known.names.get(code);
      if (!entry) return;
      entry.maybe = `Name ${randomInt(1e9)}`;
      const answer = await consoleOf(server, 'PATCH', `/api/stores/${code}`, { name: entry.maybe }).catch(() => null);
      if (answer === null) return;
      if (answer.status === 200) entry.sure = entry.maybe;
      else expect([code, answer.status]).toEqual([code, 503]);
    }
  });
  return Promise.all([...orders, ...names]);
}

async function expectEverything(server: ServerProcess, known: Acknowledged): Promise<void> {
  for (const code of STORES) {
    const asked = { host: `${code}.localhost`, path: '/api/v1/demo-orders', headers: bearer(server) };
    const { orders, total } = (await ask(server.port, asked)).json<{ orders: string[]; total: number }>();
    const there = new Set(orders);
    expect(total).toBe(orders.length);
    const lost = [...(known.orders.get(code) ?? [])].filter((order) => !there.has(order));
    expect(lost, `acknowledged orders of ${code} were lost`).toEqual([]);
    const data = (await ask(server.port, { host: `${code}.localhost`, path: '/data' })).json();
    expect(data, code).toMatchObject({ counts: { products: 2 } });
    const entry = known.names.get(code);
    const { name } = (await consoleOf(server, 'GET', `/api/stores/${code}`)).json<{ name: string }>();
    expect([entry?.sure, entry?.maybe], `the name of ${code}`).toContain(name);
    if (entry) entry.sure = name;
  }
}

describe('a server that is killed while it moves', () => {
  it.each(PAIRS)('between %s and %s keeps every acknowledged order, and goes on', async (first, second) => {
    const dataDir = temporaryFolder();
    const isMixed = first.startsWith('sqlite') && second.startsWith('postgres');
    const databaseUrl = isMixed ? await createTestDatabase() : undefined;
    const known: Acknowledged = {
      orders: new Map(STORES.map((code) => [code, new Set()])),
      names: new Map(STORES.map((code) => [code, { sure: code, maybe: code }])),
    };
    let server = await startServerProcess(dataDir, first);
    for (const code of STORES)
      await consoleOf(server, 'POST', '/api/stores', { name: code, code, catalogue: 'techstore' });
    let moves = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { current, backends } = await overviewOf(server);
      const to = current === first ? second : first;
      if (backends.find(({ id }) => id === to)?.state === 'kept')
        expect((await consoleOf(server, 'DELETE', `/api/backends/${to}`)).status).toBe(204);
      const gone = writeUntilGone(server, known);
      const wish = { to, ...(databaseUrl && to.startsWith('postgres') ? { databaseUrl } : {}) };
      const begun = await consoleOf(server, 'POST', '/api/backends/switch', wish);
      expect([begun.status, begun.text]).toEqual([201, begun.text]);
      // Sometimes right after the flip, mostly at any moment.
      if (kill % 4 === 3) while ((await overviewOf(server)).current !== to);
      else await new Promise((resolve) => setTimeout(resolve, randomInt(kill % 2 === 0 ? 150 : 900)));
      await killServer(server);
      await gone;

      server = await startServerProcess(dataDir, null);
      const after = await overviewOf(server);
      expect([first, second]).toContain(after.current);
      if (after.current === to) moves += 1;
      else expect(after.history[0]).toMatchObject({ state: 'interrupted', to });
      await expectEverything(server, known);
    }
    await killServer(server);
    expect([...known.orders.values()].every((orders) => orders.size > 0)).toBe(true);
    expect(moves).toBeGreaterThan(0);
  });
});
