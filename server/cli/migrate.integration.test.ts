/** `orion migrate`, on a folder without a server and through a running one: both do the same. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteFile } from '../database/sqlite-file.ts';
import { killServer, startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { startTestPlatform } from '../testing/test-platform.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

interface Result {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

function orion(dataDir: string, ...words: readonly string[]): Promise<Result> {
  return new Promise((resolve) => {
    const env = { ...process.env, CI: 'true' };
    execFile(process.execPath, [MAIN, '--data-dir', dataDir, ...words], { env }, (failure, out, error) =>
      resolve({ exitCode: failure ? Number(failure.code) : 0, out, error }),
    );
  });
}

/** A folder with three stores that lack their last migration; returns it and the migration's name. */
async function folderThatIsBehind(): Promise<{ dataDir: string; name: string }> {
  const dataDir = temporaryFolder();
  const platform = await startTestPlatform({ dataDir });
  const { stores, fixtures } = platform.parts;
  for (const name of ['One', 'Two', 'Big-three'])
    await stores.create({ name }, { actor: 'test', seed: fixtures.seedNew('empty') });
  await platform.stop();
  let name = '';
  for (const number of [1, 2, 3]) {
    const file = openSqliteFile({ filename: fileOf(dataDir, number), tables: [] });
    const sql = 'DELETE FROM schema_migrations WHERE name = (SELECT max(name) FROM schema_migrations) RETURNING name';
    name = file.query<{ name: string }>(sql)[0]?.name ?? '';
    await file.close();
  }
  return { dataDir, name };
}

const fileOf = (dataDir: string, number: number) => join(dataDir, 'stores', `store_${number}.sqlite`);
const statesOf = ({ out }: Result) =>
  JSON.parse(out).stores.map((store: { code: string; state: string }) => `${store.code} ${store.state}`);

describe.each(['without a server', 'through the running server'])('orion migrate %s', (where) => {
  it('runs nothing when dry, then migrates what is named, then the rest, telling of each store', async () => {
    const { dataDir, name } = await folderThatIsBehind();
    if (where !== 'without a server') await startServerProcess(dataDir, 'database');
    const run = (...words: readonly string[]) => orion(dataDir, 'migrate', ...words, '--format', 'json');

    const dry = await run('--dry-run');
    expect([dry.exitCode, statesOf(dry)]).toEqual([0, ['one behind', 'two behind', 'big-three behind']]);
    expect(JSON.parse(dry.out).stores[0].migrations).toEqual([name]);
    expect(statesOf(await run('status'))).toEqual(statesOf(dry));

    expect(statesOf(await run('--store', 'TWO'))).toEqual(['two migrated']);
    const schema = await orion(dataDir, 'migrate_schemas', '--schema', 'big_three', '--format', 'json');
    expect(statesOf(schema)).toEqual(['big-three migrated']);
    const all = await run('--parallel', '2');
    expect(statesOf(all)).toEqual(['one migrated', 'two current', 'big-three current']);
    expect(all.error).toMatch(/^\d\/3 one: migrated$/m);
    expect((await orion(dataDir, 'migrate', 'status')).out).toMatch(/^one +is up to date +-$/m);
  });

  it('goes on with the others when a store fails, and ends with 1', async () => {
    const { dataDir } = await folderThatIsBehind();
    writeFileSync(fileOf(dataDir, 2), 'this is no database, only a text of some length'.repeat(200));
    if (where !== 'without a server') await startServerProcess(dataDir, 'database');

    const result = await orion(dataDir, 'migrate', '--format', 'json');

    expect(result.exitCode).toBe(1);
    expect(statesOf(result)).toEqual(['one migrated', 'two failed', 'big-three migrated']);
    expect(result.error).toContain('two: The data of two cannot be read');
  });

  it('names what it does not know', async () => {
    const { dataDir } = await folderThatIsBehind();
    if (where !== 'without a server') await startServerProcess(dataDir, 'database');

    expect(await orion(dataDir, 'migrate', '--store', 'nobody')).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('No store has the code "nobody".'),
    });
    expect(await orion(dataDir, 'migrate_schemas', '--schema', 'nobody')).toMatchObject({ exitCode: 2 });
    expect(await orion(dataDir, 'migrate', '--parallel', '0')).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('a whole number from 1 to 32'),
    });
  });
});

it('orion store jobs tells how a store was made, with and without a server', async () => {
  const dataDir = temporaryFolder();
  const server = await startServerProcess(dataDir, 'database');
  await orion(dataDir, 'store', 'create', 'Books');
  const listed = await orion(dataDir, 'store', 'jobs');
  await killServer(server);

  expect(listed.out).toMatch(/^Books \(books\): done, /);
  expect(listed.out).toMatch(/^ {2}\+ settings +done +[\d.]+ ms$/m);
  expect(JSON.parse((await orion(dataDir, 'store', 'jobs', '--format', 'json')).out).jobs).toMatchObject([
    { code: 'books', state: 'done' },
  ]);
});
