import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVISIONING_STEPS } from '../contract/stores.ts';
import { ask } from '../testing/http.ts';
import { consoleOf, type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { BACKENDS, startTestPlatform } from '../testing/test-platform.ts';
import { watchEvents } from '../testing/watch-events.ts';

const KILLS = 12;

describe.each(BACKENDS)('making a store on sqlite/%s', (isolation) => {
  it('leaves nothing behind when a step fails, and works the next time', async () => {
    const platform = await startTestPlatform({ isolation });
    const { stores, fixtures, storageDir } = platform.parts;
    const steps: string[] = [];
    const failing = stores.create(
      { name: 'Half made' },
      {
        actor: 'test',
        onStep: ({ step, state }) => steps.push(`${step} ${state}`),
        seed: async (ref, database) => {
          await fixtures.seedNew('techstore')(ref, database);
          throw new Error('the last page could not be written');
        },
      },
    );

    await expect(failing).rejects.toThrow('the last page could not be written');
    expect(steps.at(-1)).toBe('settings failed');
    expect(await stores.list()).toEqual([]);
    expect(existsSync(storageDir) ? readdirSync(storageDir) : []).toEqual([]);
    expect(readdirSync(join(platform.dataDir, 'stores')).filter((file) => file.startsWith('store_'))).toEqual([]);
    const made = await stores.create({ name: 'Half made' }, { actor: 'test', seed: fixtures.seedNew('techstore') });
    expect(made.id).toBeGreaterThan(1);
  });

  it('reports every step in its order, to who asked and to every open console', async () => {
    const platform = await startTestPlatform({ isolation });
    const events = watchEvents(platform, 'provisioning');
    const done: string[] = [];

    await platform.parts.stores.create(
      { name: 'Steps' },
      {
        actor: 'test',
        seed: platform.parts.fixtures.seedNew('empty'),
        onStep: ({ step, state }) => state === 'done' && done.push(step),
      },
    );

    expect(done).toEqual(PROVISIONING_STEPS);
    expect(events()).toMatchObject(
      PROVISIONING_STEPS.flatMap((step) => [
        { code: 'steps', step, state: 'running', durationMs: 0 },
        { code: 'steps', step, state: 'done' },
      ]),
    );
  });

  it('leaves each store complete or absent when the server is killed at any moment', async () => {
    const dataDir = temporaryFolder();
    const acknowledged = new Set<string>();
    for (let round = 0; round < KILLS; round += 1) {
      const server = await startServerProcess(dataDir, isolation);
      const listed = await checkEveryStore(server.port, server.token);
      for (const code of acknowledged) expect(listed, 'an acknowledged store was lost').toContain(code);
      await createUntilKilled(server, round, acknowledged);
    }
    const server = await startServerProcess(dataDir, isolation);
    const listed = await checkEveryStore(server.port, server.token);
    server.child.kill('SIGKILL');

    for (const code of acknowledged) expect(listed).toContain(code);
    expect(acknowledged.size).toBeGreaterThan(0);
  });
});

/** Several stores are in the making when the process is killed; the moment moves on from round to round. */
async function createUntilKilled(server: ServerProcess, round: number, acknowledged: Set<string>): Promise<void> {
  const ended = new Promise((resolve) => server.child.once('exit', resolve));
  let answered = 0;
  const creations = Array.from({ length: 6 }, async (_, index) => {
    const code = `kill-${round}-${index}`;
    const answer = await consoleOf(server, 'POST', '/api/stores', { name: code, catalogue: 'techstore' }).catch(
      () => null,
    );
    if (answer?.status === 201) acknowledged.add(code);
    answered += 1;
    // From the first answer on, so that some are complete, some are not.
    if (answered === 1 + (round % 3)) setTimeout(() => server.child.kill('SIGKILL'), (round * 7) % 23);
  });
  if (round % 4 === 0) setTimeout(() => server.child.kill('SIGKILL'), 5 + round * 9);
  await Promise.all(creations);
  server.child.kill('SIGKILL');
  await ended;
}

/** Every listed store shows its two products, its page and its picture; returns the codes. */
async function checkEveryStore(port: number, token: string): Promise<string[]> {
  const { stores } = (await consoleOf({ port, token }, 'GET', '/api/stores')).json<{ stores: { code: string }[] }>();
  for (const { code } of stores) {
    const data = await ask(port, { host: `${code}.localhost`, path: '/data' });
    expect(data.json(), code).toMatchObject({ counts: { products: 2 } });
    expect((await ask(port, { host: `${code}.localhost`, path: '/pages/about' })).status, code).toBe(200);
    expect((await ask(port, { host: `${code}.localhost`, path: '/media/products/laptop-1.webp' })).status, code).toBe(
      200,
    );
  }
  return stores.map((store) => store.code);
}
