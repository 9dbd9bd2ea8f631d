/** The command line on a folder without a server, and through a running one: both do the same. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePicture } from '../testing/pictures.ts';
import { startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

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

describe.each(['without a server', 'through the running server'])('orion store %s', (where) => {
  it('deletes without a question, lists what was deleted, restores it, and asks before removing for good', async () => {
    const dataDir = temporaryFolder();
    if (where !== 'without a server') await startServerProcess(dataDir, 'database');
    const run = (...words: readonly string[]) => orion(dataDir, 'store', ...words);
    const listed = async (...words: readonly string[]) =>
      JSON.parse((await run('list', '--format', 'json', ...words)).out).stores.map(
        (store: { code: string }) => store.code,
      );
    const logo = join(dataDir, 'my logo.png');
    writeFileSync(logo, await makePicture('png'));
    const made = await run('create', 'Books', '--logo', logo, '--color', '#aa0000', '--format', 'json');
    expect(JSON.parse(made.out)).toMatchObject({ code: 'books', color: '#aa0000', logoUrl: expect.any(String) });

    expect((await run('delete', 'BOOKS')).out).toMatch(/Books has been deleted\. Until .* orion store restore books/);
    expect([await listed(), await listed('--deleted')]).toEqual([[], ['books']]);
    expect(await run('create', 'Books')).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('is held by Books'),
    });
    expect((await run('restore', 'books')).out).toContain('Books is back.');
    expect([await listed(), await listed('--deleted')]).toEqual([['books'], []]);
    expect(await run('restore', 'books')).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('There are: none'),
    });

    const asked = await run('delete', 'books', '--permanently');
    expect(asked).toMatchObject({ exitCode: 2, error: expect.stringContaining('Add --yes') });
    await run('delete', 'books');
    expect((await run('delete', 'books', '--permanently', '--yes')).out).toContain('Books has been removed.');
    expect([await listed(), await listed('--deleted')]).toEqual([[], []]);
    expect((await run('create', 'Books')).exitCode).toBe(0);
  });

  it('says what is wrong with a logo, and makes nothing', async () => {
    const dataDir = temporaryFolder();
    if (where !== 'without a server') await startServerProcess(dataDir, 'database');
    writeFileSync(join(dataDir, 'a.png'), 'hello');

    const wrong = await orion(dataDir, 'store', 'create', 'Books', '--logo', join(dataDir, 'a.png'));
    const missing = await orion(dataDir, 'store', 'create', 'Books', '--logo', join(dataDir, 'b.png'));

    expect(wrong).toMatchObject({ exitCode: 2, error: expect.stringContaining('"a.png" is text: choose a PNG') });
    expect(missing).toMatchObject({ exitCode: 2, error: expect.stringContaining('b.png cannot be read') });
    expect((await orion(dataDir, 'store', 'list')).out).toContain('There are no stores yet');
  });
});
