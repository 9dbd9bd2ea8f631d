/** Two servers on one Postgres: what is done through one counts at the other. */
import { describe, expect, it, vi } from 'vitest';
import { ask } from './testing/http.ts';
import { makePicture, uploadOf } from './testing/pictures.ts';
import { createTestDatabase } from './testing/postgres-server.ts';
import { consoleOf, killServer, type ServerProcess, startServerProcess } from './testing/server-process.ts';
import { takePort } from './testing/take-port.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

async function startTwo(...flags: readonly string[]) {
  const databaseUrl = await createTestDatabase();
  const storageDir = temporaryFolder();
  const more = ['--engine', 'postgres', '--database-url', databaseUrl, '--storage-dir', storageDir, ...flags];
  // One after the other: the first makes the schema.
  const one = await startServerProcess(temporaryFolder(), 'schema', more);
  const two = await startServerProcess(temporaryFolder(), 'schema', more);
  return { one, two, storageDir };
}

const page = async (server: ServerProcess, code: string, path = '/') => {
  const answer = await ask(server.port, { host: `${code}.localhost:{port}`, path, headers: { Accept: 'text/html' } });
  return { status: answer.status, title: /<title>([^<]*)/.exec(answer.text)?.[1] ?? '' };
};
const api = (server: ServerProcess, code: string) =>
  ask(server.port, { host: `${code}.localhost:{port}`, path: '/api/v1/store' });

/** News travels between processes as fast as the machine is. */
function eventually(check: () => Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 20_000 });
}

describe('two processes on one database', () => {
  it('a store that is made, renamed, closed, given a logo and deleted through one is so at the other', async () => {
    const { one, two } = await startTwo();
    expect((await page(two, 'books')).status).toBe(404);

    await consoleOf(one, 'POST', '/api/stores', { name: 'Books' });
    await eventually(async () => expect((await page(two, 'books')).title).toContain('Books'));

    await consoleOf(one, 'PATCH', '/api/stores/books', { name: 'Paper & Ink' });
    await eventually(async () => expect((await page(two, 'books')).title).toContain('Paper'));

    const logo = uploadOf(await makePicture('png'), 'logo.png');
    const changed = await consoleOf(two, 'PATCH', '/api/stores/books', { logo });
    const { logoUrl } = changed.json<{ logoUrl: string }>();
    await eventually(async () => expect((await consoleOf(one, 'GET', logoUrl)).status).toBe(200));

    await consoleOf(two, 'PATCH', '/api/stores/books', { isActive: false });
    await eventually(async () => expect((await page(one, 'books')).status).toBe(503));
    await consoleOf(one, 'PATCH', '/api/stores/books', { isActive: true });
    await eventually(async () => expect((await page(two, 'books')).status).toBe(200));

    await consoleOf(two, 'DELETE', '/api/stores/books');
    await eventually(async () => expect((await page(one, 'books')).status).toBe(404));
  });

  it('counts API requests over both, and a limit changed through one holds at the other', async () => {
    const { one, two } = await startTwo('--api-requests-per-minute', '4');
    await consoleOf(one, 'POST', '/api/stores', { name: 'Books' });
    await eventually(async () => expect((await page(two, 'books')).status).toBe(200));

    const answers = [];
    for (const server of [one, two, one, two, one, two]) answers.push(await api(server, 'books'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429]);
    expect(answers.map(({ headers }) => /r=(\d+)/.exec(headers['ratelimit'] ?? '')?.[1])).toEqual([
      '3',
      '2',
      '1',
      '0',
      '0',
      '0',
    ]);

    await consoleOf(one, 'PATCH', '/api/stores/books/limits', { requestsPerMinute: 100 });
    await eventually(async () => expect((await api(two, 'books')).status).toBe(200));
    await consoleOf(two, 'PATCH', '/api/stores/books/limits', { requestsPerMinute: null });
    await eventually(async () => expect((await api(one, 'books')).status).toBe(429));
  });

  it('takes over settings of HTTPS and of the inspector, but not whether the other listens', async () => {
    const { one, two } = await startTwo('--trust-home', temporaryFolder());
    const https = { redirect: true, hstsSeconds: 3600, isOn: true, port: await takePort() };
    const settingsOf = async (server: ServerProcess) => {
      const [certificates, inspector] = await Promise.all(
        ['/api/certificates', '/api/inspector'].map((path) => consoleOf(server, 'GET', path)),
      );
      return { ...certificates?.json<{ https: object }>().https, ...inspector?.json<object>() };
    };

    const changed = await consoleOf(one, 'PATCH', '/api/https', https);
    await consoleOf(two, 'PATCH', '/api/inspector', { slowRequestMs: 7, bodies: false });

    expect(changed.status).toBe(200);
    const followed = { redirect: true, hstsSeconds: 3600, slowRequestMs: 7, bodies: false };
    await eventually(async () => expect(await settingsOf(two)).toMatchObject({ ...followed, isOn: false }));
    await eventually(async () => expect(await settingsOf(one)).toMatchObject({ ...followed, isOn: true }));
  });

  it('a second server goes on when the first is killed', async () => {
    const { one, two } = await startTwo();
    await consoleOf(one, 'POST', '/api/stores', { name: 'Books' });

    await killServer(one);

    await eventually(async () => expect((await page(two, 'books')).status).toBe(200));
    expect((await consoleOf(two, 'PATCH', '/api/stores/books', { name: 'Alone' })).status).toBe(200);
    expect((await page(two, 'books')).title).toContain('Alone');
  });
});
