/** The command line on a folder without a server, and through a running one: both do the same. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { orion } from '../testing/orion.ts';
import { makePicture } from '../testing/pictures.ts';
import { startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

describe.each(['without a server', 'through the running server'])('orion store %s', (where) => {
  it('deletes without a question, lists what was deleted, restores it, and asks before removing for good', async () => {
    const dataDir = temporaryFolder();
    if (where !== 'without a server') await startServerProcess(dataDir, 'database');
    const run = (...words: readonly string[]) => orion(dataDir, ['store', ...words]);
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

    const wrong = await orion(dataDir, ['store', 'create', 'Books', '--logo', join(dataDir, 'a.png')]);
    const missing = await orion(dataDir, ['store', 'create', 'Books', '--logo', join(dataDir, 'b.png')]);

    expect(wrong).toMatchObject({ exitCode: 2, error: expect.stringContaining('"a.png" is text: choose a PNG') });
    expect(missing).toMatchObject({ exitCode: 2, error: expect.stringContaining('b.png cannot be read') });
    expect((await orion(dataDir, ['store', 'list'])).out).toContain('There are no stores yet');
  });

  it('shows limits, changes them, sets them back, and says what is wrong with a value', async () => {
    const dataDir = temporaryFolder();
    if (where !== 'without a server') await startServerProcess(dataDir, 'database');
    const run = (...words: readonly string[]) => orion(dataDir, ['store', ...words]);
    await run('create', 'Books');

    const changed = await run('limits', 'books', '--connections', '3', '--storage-megabytes', '50', '--format', 'json');
    expect(JSON.parse(changed.out)).toMatchObject({
      limits: { connections: 3, storageMegabytes: 50, requestsPerMinute: 1000 },
      changed: ['connections', 'storageMegabytes'],
    });
    await run('limits', 'books', '--connections', 'default');
    const shown = await run('limits', 'books');

    expect(shown.out).toMatch(/connections +20 +0 +default\n/);
    expect(shown.out).toMatch(/storage in MB +50 +0\.\d +of this store\n/);
    expect(await run('limits', 'books', '--connections', 'many')).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('--connections: must be a whole number or default, not "many"'),
    });
    expect((await run('limits', 'books', '--connections', '0')).exitCode).toBe(2);
    expect((await run('limits', 'nobody')).error).toContain('No store has the code "nobody"');
  });
});
