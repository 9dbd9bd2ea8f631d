import { describe, expect, it, vi } from 'vitest';
import { PROVISIONING_STEPS } from '../contract/stores.ts';
import { expectOperation } from '../testing/call-operation.ts';
import { ask } from '../testing/http.ts';
import { crashAfter, INPUT, openProvisioningKit } from '../testing/provisioning-kit.ts';
import { consoleOf, type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { BACKENDS, startTestPlatform } from '../testing/test-platform.ts';
import { watchEvents } from '../testing/watch-events.ts';

const KILLS = 8;

describe.each(BACKENDS)('making a store on sqlite/%s', (isolation) => {
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

  it('finishes half-made stores while it answers already, a demo store of the first start among them', async () => {
    const kit = await openProvisioningKit(`sqlite/${isolation}`);
    const draft = { ...INPUT.draft, name: 'TechStore', code: 'techstore', owner: null, domains: [] };
    await crashAfter(kit, 'settings', { input: { ...INPUT, draft } });
    for (let number = 1; number <= 10; number += 1)
      await crashAfter(kit, 'database', {
        input: { ...INPUT, draft: { ...draft, name: 'Half', code: `half-${number}` } },
      });
    await kit.close();

    const platform = await startTestPlatform({ isolation, dataDir: kit.dataDir, fixtures: 'techstore' });

    await vi.waitFor(async () => expect(await platform.parts.stores.list()).toHaveLength(11), { timeout: 30_000 });
    const { jobs } = await expectOperation(platform, 'listProvisioningJobs');
    expect(jobs.map((job) => [job.state, job.attempts])).toEqual(jobs.map(() => ['done', 2]));
    for (const code of ['techstore', 'half-10'])
      expect((await platform.ask({ host: `${code}.localhost`, path: '/data' })).json()).toMatchObject({
        counts: { products: 2 },
      });
  });

  it('leaves each store complete or absent when the server is killed at any moment, and finishes those it began', async () => {
    const dataDir = temporaryFolder();
    const acknowledged = new Set<string>();
    for (let round = 0; round < KILLS; round += 1) {
      const server = await startServerProcess(dataDir, isolation);
      const listed = await checkEveryStore(server.port, server.token);
      for (const code of acknowledged) expect(listed, 'an acknowledged store was lost').toContain(code);
      await createUntilKilled(server, round, acknowledged);
    }
    const server = await startServerProcess(dataDir, isolation);
    await vi.waitFor(async () => expect(await jobStates(server)).not.toContain('running'), { timeout: 30_000 });
    const listed = await checkEveryStore(server.port, server.token);
    expect(await jobStates(server)).not.toContain('undoing');
    const { jobs } = (await consoleOf(server, 'GET', '/api/provisioning')).json<{ jobs: Job[] }>();
    for (const { code, state } of jobs) expect(listed.includes(code), code).toBe(state === 'done');
    server.child.kill('SIGKILL');

    for (const code of acknowledged) expect(listed).toContain(code);
    expect(acknowledged.size).toBeGreaterThan(0);
  });
});

interface Job {
  readonly code: string;
  readonly state: string;
}

async function jobStates(server: ServerProcess): Promise<string[]> {
  const { jobs } = (await consoleOf(server, 'GET', '/api/provisioning')).json<{ jobs: Job[] }>();
  return jobs.map((job) => job.state);
}

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
