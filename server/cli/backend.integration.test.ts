/** `orion backend` on a folder without a server, and through a running one: both do the same. */
import { describe, expect, it } from 'vitest';
import { orion } from '../testing/orion.ts';
import { consoleOf, startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

/** A platform on sqlite/database with two demo stores; the functions run `orion`. */
async function platform(isServed: boolean) {
  const dataDir = temporaryFolder();
  if (isServed) {
    const server = await startServerProcess(dataDir, 'database');
    await consoleOf(server, 'POST', '/api/fixtures', { codes: ['techstore', 'fashion'] });
  } else {
    await orion(dataDir, ['fixtures', 'load', 'techstore', 'fashion']);
  }
  const backend = (...words: readonly string[]) => orion(dataDir, ['backend', ...words]);
  const states = async (): Promise<Record<string, string>> => {
    const { backends } = JSON.parse((await backend('list', '--format', 'json')).out);
    return Object.fromEntries(backends.map((one: { id: string; state: string }) => [one.id, one.state]));
  };
  return { dataDir, backend, states };
}

const COUNT = ['dbshell', 'techstore', '-c', 'SELECT count(*) AS n FROM products', '--format', 'json'];

describe.each([
  ['without a server', false],
  ['through the running server', true],
])('orion backend %s', (_where, isServed) => {
  it('plans, moves, lists what is kept, removes it, and remembers all of it', async () => {
    const { dataDir, backend, states } = await platform(isServed);
    const before = (await orion(dataDir, COUNT)).out;

    const plan = await backend('plan', 'sqlite/row', '--format', 'json');
    const moved = await backend('use', 'sqlite/row', '--yes');

    expect(JSON.parse(plan.out)).toMatchObject({ from: 'sqlite/database', to: 'sqlite/row', stores: 2, obstacles: [] });
    expect(moved).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^sqlite\/row is in force: 2 stores and \d+ rows/),
    });
    expect(await states()).toMatchObject({
      'sqlite/row': 'current',
      'sqlite/database': 'kept',
      'postgres/row': 'available',
    });
    expect((await orion(dataDir, COUNT)).out).toBe(before);

    const kept = await backend('use', 'sqlite/database', '--yes');
    expect(kept).toMatchObject({ exitCode: 1, error: expect.stringContaining('orion backend drop sqlite/database') });
    expect(await backend('drop', 'sqlite/database', '--yes')).toMatchObject({ exitCode: 0 });
    const back = await backend('use', 'sqlite/database', '--drop-old', '--yes', '--format', 'json');
    expect(JSON.parse(back.out)).toMatchObject({ state: 'done', to: 'sqlite/database' });
    expect(await states()).toMatchObject({ 'sqlite/database': 'current', 'sqlite/row': 'available' });
    const { history } = JSON.parse((await backend('history', '--format', 'json')).out);
    expect(history.map((one: { to: string; state: string }) => `${one.to} ${one.state}`)).toEqual([
      'sqlite/database done',
      'sqlite/row done',
    ]);
  }, 240_000);

  it('says what is wrong with a target or an address, without its password', async () => {
    const { backend, states } = await platform(isServed);

    expect(await backend('use', 'mysql/row')).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('There are: sqlite/database'),
    });
    expect(await backend('use', 'sqlite/row')).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('Add --yes'),
    });
    expect(await backend('cancel')).toMatchObject({ exitCode: 1, error: expect.stringContaining('No move') });
    expect(await backend('drop', 'postgres/row')).toMatchObject({ exitCode: 2 });
    expect(await backend('drop', 'postgres/row', '--yes')).toMatchObject({ exitCode: 1 });
    for (const words of [['plan'], ['use', '--yes']]) {
      const refused = await backend(...words, 'postgres/row', '--url', 'postgres://orion:s3cr3t@127.0.0.1:1/orion');
      expect(refused).toMatchObject({ exitCode: 2, error: expect.stringContaining('Nothing answers at 127.0.0.1:1') });
      expect(refused.out + refused.error).not.toContain('s3cr3t');
    }
    expect(await states()).toMatchObject({ 'sqlite/database': 'current', 'postgres/row': 'available' });
  });

  it('cancels on Ctrl-C, or says that it was too late; what it says is in force is', async () => {
    const { dataDir, states } = await platform(isServed);
    let isSent = false;

    const { out, exitCode } = await orion(dataDir, ['backend', 'use', 'sqlite/row', '--yes'], {
      onError(_text, interrupt) {
        if (!isSent) interrupt();
        isSent = true;
      },
    });

    const isMoved = out.startsWith('sqlite/row is in force');
    expect(isMoved || out.includes('was cancelled. sqlite/database is still in force')).toBe(true);
    expect(exitCode).toBe(isMoved ? 0 : 1);
    expect((await states())['sqlite/row']).toBe(isMoved ? 'current' : 'available');
  });
});

it('moves to the built-in Postgres, where the shell finds the same rows, also without psql', async () => {
  const { dataDir, backend } = await platform(false);
  const before = (await orion(dataDir, COUNT)).out;

  expect(await backend('use', 'postgres/schema', '--yes')).toMatchObject({ exitCode: 0 });

  expect((await orion(dataDir, COUNT)).out).toBe(before);
  expect((await backend('show')).out).toMatch(/^kind +Postgres, run by Orion Studio$/m);
  const change = ['dbshell', 'techstore', '-c', 'DELETE FROM products'];
  expect(await orion(dataDir, change)).toMatchObject({ exitCode: 1, error: expect.stringContaining('--write') });
}, 120_000);
