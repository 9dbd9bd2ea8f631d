/** `orion dbshell` on a folder without a server, and beside a running one: both see the store's own rows, and only read. */
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { orion } from '../testing/orion.ts';
import { consoleOf, startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

/** Two demo stores; the function runs `orion dbshell`. */
async function twoStores(isolation: string, isServed: boolean) {
  const dataDir = temporaryFolder();
  const env = { ORION_ISOLATION: isolation };
  if (isServed) {
    const server = await startServerProcess(dataDir, isolation);
    await consoleOf(server, 'POST', '/api/fixtures', { codes: ['techstore', 'fashion'] });
  } else {
    await orion(dataDir, ['fixtures', 'load', 'techstore', 'fashion'], { env });
  }
  const shell = (words: readonly string[], input = '', more: NodeJS.ProcessEnv = {}) =>
    orion(dataDir, ['dbshell', ...words], { env: { ...env, ...more }, input });
  return { dataDir, shell };
}

const TITLES = 'SELECT title FROM products ORDER BY title';

describe.each([
  ['database', 'beside the running server', true],
  ['row', 'without a server', false],
])('orion dbshell, isolation %s, %s', (isolation, _where, isServed) => {
  it('runs one statement on the rows of its store, as a table, JSON or CSV', async () => {
    const { shell } = await twoStores(isolation, isServed);

    const tech = await shell(['techstore', '-c', `${TITLES};`, '--format', 'json']);
    const fashion = await shell(['FASHION', '-c', TITLES, '--format', 'csv']);
    const table = await shell(['techstore', '-c', "SELECT NULL AS a, 'x' || char(10) || 'y' AS b, x'00ff' AS c"]);

    const techTitles = JSON.parse(tech.out).map((row: { title: string }) => row.title);
    const fashionTitles = fashion.out.trim().split('\n').slice(1);
    expect(techTitles).toContain('Laptop');
    expect(fashionTitles.length).toBeGreaterThan(0);
    expect(techTitles.filter((title: string) => fashionTitles.includes(title))).toEqual([]);
    expect(table.out).toBe('a     b     c\nNULL  x\\ny  \\x00ff\n(1 row)\n');
    expect([tech.exitCode, fashion.exitCode, tech.error]).toEqual([0, 0, '']);
  });

  it('changes nothing without --write, and with it only what was asked', async () => {
    const { shell } = await twoStores(isolation, isServed);
    const change = "UPDATE main.products SET vendor = 'changed' WHERE title = 'Laptop'";
    const changed = async (code: string) =>
      (await shell([code, '-c', "SELECT title FROM products WHERE vendor = 'changed'", '--format', 'csv'])).out;

    expect(await shell(['techstore', '-c', change])).toMatchObject({
      exitCode: 1,
      error: expect.stringMatching(/readonly database\. The shell only reads; start it with --write/),
    });
    expect(await changed('techstore')).toBe('title\n');
    expect(await shell(['techstore', '--write', '-c', change])).toMatchObject({ exitCode: 0, out: '1 row changed\n' });
    expect([await changed('techstore'), await changed('fashion')]).toEqual(['title\nLaptop\n', 'title\n']);
  });
});

describe('the built-in shell', () => {
  const piped = ['techstore', '--built-in'];

  it('runs piped statements of several lines, lists tables and columns, and goes on after a fault', async () => {
    const { shell } = await twoStores('database', false);

    const { out, error, exitCode } = await shell(
      piped,
      "\\d\n\\d customers\nSELECT nope;\nSELECT count(*) AS n, ';'\n  AS s -- ;\n  FROM products;\n\\d nothing\nSELECT 'no semicolon' AS last\n-- the end",
    );

    expect(out).toMatch(/^products$/m);
    expect(out).toMatch(/^email +TEXT$/m);
    expect(out).toMatch(/^n +s\n\d+ +;\n\(1 row\)$/m);
    expect(out).toMatch(/^last\nno semicolon$/m);
    expect(error).toContain('no such column: nope.');
    expect(error).toContain('There is no table "nothing".');
    expect(exitCode).toBe(1);
    expect(await shell(piped, '\\q\nSELECT nope;\n')).toMatchObject({ exitCode: 0, out: '', error: '' });
  });

  it('refuses two statements for -c, a store that is not there, and a format that is not known', async () => {
    const { shell } = await twoStores('database', false);

    expect(await shell(['techstore', '-c', 'SELECT 1; DELETE FROM products'])).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('more than one statement'),
    });
    expect(await shell(['nosuch', '-c', 'SELECT 1'])).toMatchObject({
      exitCode: 1,
      error: 'No store has the code "nosuch".\n',
    });
    expect(await shell(['techstore', '-c', 'SELECT 1', '--format', 'xml'])).toMatchObject({ exitCode: 2 });
  });
});

it.skipIf(process.platform === 'win32').each(['database', 'row'])(
  'hands the terminal to sqlite3 where it is installed, isolation %s',
  async (isolation) => {
    const { dataDir, shell } = await twoStores(isolation, false);
    const fakes = temporaryFolder();
    writeFileSync(join(fakes, 'sqlite3'), '#!/bin/sh\nprintf "%s\\n" "$@"\ncat\nexit 3\n');
    chmodSync(join(fakes, 'sqlite3'), 0o755);
    const path = { PATH: `${fakes}${delimiter}${process.env['PATH']}` };

    const read = await shell(['fashion'], 'typed', path);
    const written = await shell(['fashion', '--write'], '', path);

    const args = read.out.split('\n');
    const file = isolation === 'row' ? 'stores.sqlite' : 'store_2.sqlite';
    expect(args.slice(-2)).toEqual([join(dataDir, 'stores', file), 'typed']);
    expect([args.includes('-readonly'), written.out.split('\n').includes('-readonly')]).toEqual([true, false]);
    const view = 'CREATE TEMP VIEW "products" AS SELECT * FROM main."products" WHERE store_id = 2;';
    expect(args.includes(view)).toBe(isolation === 'row');
    expect(read.exitCode).toBe(1);
  },
);
