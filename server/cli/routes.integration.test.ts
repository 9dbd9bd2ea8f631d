/** `orion routes`: the table of patterns, and checks that run in CI. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { orion } from '../testing/orion.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

it('checks a file of URLs, writes a JUnit report, and ends with 1 when one leads elsewhere', async () => {
  const dataDir = temporaryFolder();
  const file = join(dataDir, 'routes.json');
  const report = join(dataDir, 'routes.xml');
  await orion(dataDir, ['store', 'create', 'Books', '--domain', 'books.example']);
  const check = (checks: readonly object[]) => {
    writeFileSync(file, JSON.stringify({ version: 1, checks }));
    return orion(dataDir, ['routes', 'check', file, '--junit', report]);
  };
  const good = { url: 'https://books.example/products', store: 'books', mode: 'custom_domain' };

  expect(await check([good])).toMatchObject({ exitCode: 0, out: expect.stringContaining('1 as expected, 0 not') });
  const failed = await check([good, { url: 'http://books.localhost/', store: 'other <&>' }]);

  expect(failed).toMatchObject({ exitCode: 1, out: expect.stringContaining('store: expected other <&>, got books') });
  const xml = readFileSync(report, 'utf8');
  expect(xml).toContain('tests="2" failures="1"');
  expect(xml).toContain('expected other &lt;&amp;>, got books');
});

it('says what is wrong with a file, and lists patterns with their state', async () => {
  const dataDir = temporaryFolder();
  const file = join(dataDir, 'routes.json');
  await orion(dataDir, ['store', 'create', 'Books']);
  writeFileSync(file, '{"version":1,"checks":[{"adress":"http://books.localhost/"}]}');

  expect(await orion(dataDir, ['routes', 'check', file])).toMatchObject({
    exitCode: 2,
    error: expect.stringMatching(/is not a list of checks[\s\S]*checks\.0/),
  });
  writeFileSync(file, '{"version":1,"checks":[]}');
  expect(await orion(dataDir, ['routes', 'check', file])).toMatchObject({
    exitCode: 2,
    error: expect.stringContaining('holds no checks'),
  });
  expect(await orion(dataDir, ['routes', 'check', `${file}x`])).toMatchObject({
    exitCode: 2,
    error: expect.stringContaining('it is not there'),
  });
  const { rows } = JSON.parse((await orion(dataDir, ['routes', 'list', 'books', '--format', 'json'])).out);
  expect(rows.map((row: { host: string; path: string }) => row.host + row.path)).toContain('books.localhost/*');
  expect((await orion(dataDir, ['routes', 'list', '--state', 'problem'])).out).toBe('No pattern matches.\n');
});
