/** Protects `orion requests`: what a terminal shows of recorded requests, and what scripts read from its exit codes. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { type CommandResult, orion } from '../testing/orion.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { shareUntilEnd, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { runCli } from './program.ts';

let platform: TestPlatform;
/** Of a request for the products of techstore. */
let id = '';

beforeAll(
  () =>
    shareUntilEnd(async (onEnd) => {
      platform = await startTestPlatform({ fixtures: 'techstore,fashion', onEnd });
      const answer = await platform.ask({
        host: 'techstore.localhost:{port}',
        path: '/products',
        headers: { Accept: 'text/html' },
      });
      id = answer.headers['x-request-id'] ?? '';
    }),
  60_000,
);

/** Runs a command in this process: a new one for each would take seconds. */
async function requests(...words: string[]): Promise<CommandResult> {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const textOf = (spy: typeof out) => spy.mock.calls.map(([text]) => String(text)).join('');
  try {
    process.exitCode = 0;
    await runCli(['--data-dir', platform.dataDir, 'requests', ...words]);
    return { exitCode: Number(process.exitCode), out: textOf(out), error: textOf(error) };
  } finally {
    process.exitCode = 0;
    out.mockRestore();
    error.mockRestore();
  }
}

it('lists and shows requests, in words and as JSON', async () => {
  const list = await requests('list', '--store', 'techstore', '--status', '2xx');
  const json = await requests('list', '--store', 'techstore', '--limit', '1', '--format', 'json');
  const shown = await requests('show', id.slice(0, 12));
  const own = await requests('list', '--text', 'admin.localhost');
  const all = await requests('list', '--text', 'admin.localhost', '--all');
  const many = await requests('list', '--limit', 'many');

  expect(list.out).toContain(id);
  expect(list.out).toMatch(/GET +200 .*techstore +subdomain/);
  expect(JSON.parse(json.out).requests).toMatchObject([{ requestId: id }]);
  expect(own.out).toBe('No recorded request matches.\n');
  expect(all.out).toContain('admin.localhost');
  expect(many).toMatchObject({ exitCode: 2, error: expect.stringContaining('a number from 1 to 1000') });
  for (const part of ['TechStore (techstore), subdomain', 'WHY', 'TIMELINE', 'SQL', 'SELECT'])
    expect(shown.out).toContain(part);
}, 30_000);

it('sends again and compares; the exit code says whether the status differs', async () => {
  const other = await requests('resend', id, '--store', 'fashion', '--header', 'Accept: text/html');
  const gone = await requests('resend', id, '--url', '/nothing-here', '--method', 'get');
  const wrong = await requests('resend', id, '--header', 'nonsense');
  const nobody = await requests('resend', id, '--as', 'store_staff');

  expect(other).toMatchObject({ exitCode: 0, error: '' });
  expect(other.out).toContain('HEADER');
  expect(other.out).toMatch(/^[+] .*Fashion Boutique/m);
  expect(gone.exitCode).toBe(1);
  expect(gone.out).toContain('Status 200 became 404.');
  expect(wrong).toMatchObject({ exitCode: 2, error: expect.stringContaining("--header 'Accept: text/html'") });
  expect(nobody).toMatchObject({ exitCode: 1, error: expect.stringContaining('no member with the role store_staff') });
}, 60_000);

it('exports and imports archives', async () => {
  const file = join(temporaryFolder(), 'shop.har');

  const exported = await requests('export', file, '--text', '/products');
  const imported = await requests('import', file);
  writeFileSync(file, '\ufeff{"log":{"version":"1.2","entries":[{}]}}');
  const faulty = await requests('import', file);
  writeFileSync(file, 'no archive');
  const none = await requests('import', file);

  expect(exported.out).toMatch(/^\d+ requests? in /);
  const nowhere = await requests('export', join(file, 'x.har'));
  expect(nowhere).toMatchObject({ exitCode: 2, error: expect.stringContaining('cannot be written') });
  expect(imported.out).toMatch(/^\d+ requests? imported\.$/m);
  expect(faulty).toMatchObject({ exitCode: 1, out: expect.stringContaining('entry 0: startedDateTime is missing') });
  expect(none).toMatchObject({ exitCode: 2, error: expect.stringContaining('is not a HAR file') });
  expect(readFileSync(file, 'utf8')).toBe('no archive');
}, 60_000);

it('names what cannot be, where an empty list would hide it', async () => {
  const refusals = [
    ['list', '--store', 'nope'],
    ['export', join(temporaryFolder(), 'x.har'), '--store', 'nope'],
    ['list', '--store', ''],
    ['list', '--status', 'abc'],
    ['list', '--method', 'G T'],
    ['show', ''],
    ['show', 'nope'],
    ['resend', id, '--theme', ''],
  ];
  const said = [];
  for (const words of refusals) {
    const { exitCode, out, error } = await requests(...words);
    said.push([exitCode, out, error.split('\n')[0]]);
  }
  const none = await requests('list', '--store', 'fashion', '--status', '499');

  expect(said).toEqual([
    [1, '', 'No store has the code "nope".'],
    [1, '', 'No store has the code "nope".'],
    [2, '', '--store is empty. Give it a value, or leave it out.'],
    [2, '', 'The request has faults: status: must be a status such as 404 or 4xx'],
    [2, '', expect.stringContaining('It must be a method such as GET.')],
    [2, '', 'The id is empty. orion requests list shows the ids.'],
    [1, '', 'This request is not kept any more, or never was.'],
    [2, '', '--theme is empty. Give it a value, or leave it out.'],
  ]);
  expect(none).toMatchObject({ exitCode: 0, out: 'No recorded request matches.\n' });
}, 30_000);

it('refuses an archive that is too large by its size alone', async () => {
  const file = join(temporaryFolder(), 'large.har');
  writeFileSync(file, '');
  truncateSync(file, 65 * 1024 * 1024);

  const refused = await requests('import', file);

  expect(refused).toMatchObject({ exitCode: 2, error: expect.stringContaining('has 65 MiB; an archive may have') });
}, 30_000);

it('says that requests are in the memory of a running server', async () => {
  const { exitCode, error } = await orion(temporaryFolder(), ['requests', 'list']);

  expect(exitCode).toBe(1);
  expect(error).toContain('No server runs over the data folder');
}, 30_000);
