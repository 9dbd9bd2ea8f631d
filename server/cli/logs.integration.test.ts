/** `orion logs` against a real server, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LogLine } from '../contract/requests.ts';
import { expectOperation } from '../testing/call-operation.ts';
import { orion } from '../testing/orion.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { shareUntilEnd, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
let platform: TestPlatform;
beforeAll(() =>
  shareUntilEnd(async (onEnd) => {
    platform = await startTestPlatform({ fixtures: 'techstore', logLevel: 'info', onEnd });
  }),
);

/** A command that runs on; `text` gives what it has printed. */
function follow(...words: string[]): { readonly child: ChildProcess; readonly text: () => string } {
  const child = spawn(process.execPath, [MAIN, '--data-dir', platform.dataDir, 'logs', '--follow', ...words]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { child, text: () => text };
}

describe('orion logs', () => {
  it('shows lines about a store, of a level, or of a request', async () => {
    const { headers } = await platform.ask({ host: 'techstore.localhost:{port}', path: '/missing-page' });
    await platform.ask({ host: 'localhost:{port}' });
    const requestId = headers['x-request-id'] ?? '';
    const json = async (...words: string[]) => {
      const { out, exitCode } = await orion(platform.dataDir, ['logs', '--format', 'json', ...words]);
      expect(exitCode).toBe(0);
      return out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as LogLine);
    };
    const [ofStore, warnings, ofRequest] = await Promise.all([
      json('--store', 'techstore'),
      json('--level', 'warn'),
      json('--request', requestId),
    ]);

    expect(ofStore.length).toBeGreaterThan(0);
    expect(ofStore.every(({ store }) => store === 'techstore')).toBe(true);
    expect(warnings.every(({ level }) => level === 'warn' || level === 'error')).toBe(true);
    expect(ofRequest).toMatchObject([{ requestId, store: 'techstore', level: 'warn' }]);
    const { out } = await orion(platform.dataDir, ['logs', '--request', requestId]);
    expect(out).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}GET techstore\.localhost:\d+\/missing-page 404 .*\n$/);
  });

  it('goes on with lines that come, once each, and ends cleanly at Ctrl-C', async () => {
    const { child, text } = follow('--store', 'techstore', '-n', '1');
    await platform.ask({ host: 'techstore.localhost:{port}', path: '/before' });
    await vi.waitFor(() => expect(text()).not.toBe(''), { timeout: 20_000 });
    for (const path of ['/first', '/second']) {
      await platform.ask({ host: 'techstore.localhost:{port}', path });
      await vi.waitFor(() => expect(text()).toContain(path), { timeout: 20_000 });
    }
    expect(text().split('/first')).toHaveLength(2);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    // Following writes nothing into the log that it follows.
    const { lines } = await expectOperation(platform, 'listLogs', { query: { text: '/api/logs' } });
    expect(lines).toEqual([]);
  });

  it('ends when nobody reads on', async () => {
    const { child, text } = follow('-n', '1');
    await vi.waitFor(() => expect(text()).not.toBe(''), { timeout: 20_000 });
    child.stdout?.destroy();
    const ended = once(child, 'exit');
    let hasEnded = false;
    void ended.then(() => {
      hasEnded = true;
    });
    await vi.waitFor(
      async () => {
        await platform.ask({ host: 'localhost:{port}' });
        expect(hasEnded).toBe(true);
      },
      { timeout: 20_000 },
    );
    expect(await ended).toEqual([0, null]);
  });

  it('says what to do when no server runs, or a flag is wrong', async () => {
    const dataDir = temporaryFolder();
    const without = await orion(dataDir, ['logs']);
    expect(without.exitCode).toBe(1);
    expect(without.error).toContain('No server runs');
    const wrong = await orion(platform.dataDir, ['logs', '--lines', '0']);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.error).toContain('--lines must be a number');
    const unknown = await orion(platform.dataDir, ['logs', '--store', 'nope']);
    expect(unknown).toMatchObject({ exitCode: 1, out: '', error: 'No store has the code "nope".\n' });
    const none = await orion(platform.dataDir, ['logs', '--request', 'nope']);
    expect(none).toMatchObject({ exitCode: 0, out: '', error: 'No line of the log matches.\n' });
  });
});
