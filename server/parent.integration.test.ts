/** A server that another program started ends with that program: nothing may be left running. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ServerMessage } from './contract/parent-channel.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

function flags(dataDir: string): string[] {
  return [MAIN, '--data-dir', dataDir, '--port', '0', '--fixtures', 'none', '--log-level', 'warn'];
}

function startChild(args: readonly string[]): { child: ChildProcess; messages: ServerMessage[] } {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const messages: ServerMessage[] = [];
  child.on('message', (message) => messages.push(message as ServerMessage));
  return { child, messages };
}

async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(condition()).toBe(true), { timeout: 60_000, interval: 20 });
}

describe('a server with a parent', () => {
  it('tells where its data is, when it is ready, and makes sign-in links', async () => {
    const dataDir = temporaryFolder();
    const { child, messages } = startChild(flags(dataDir));
    await until(() => messages.length === 2);
    child.send({ ask: 'sign-in-link' });
    await until(() => messages.length === 3);

    expect(messages).toEqual([
      { event: 'starting', dataDir },
      {
        event: 'ready',
        port: expect.any(Number),
        console: expect.stringMatching(/^http:\/\/admin\.localhost:\d+\/$/),
        httpsPort: null,
        authority: null,
      },
      {
        event: 'sign-in-link',
        url: expect.stringMatching(/^http:\/\/admin\.localhost:\d+\/sign-in\?token=[\w-]{43}$/),
      },
    ]);
  });

  it('stops cleanly when the channel closes', async () => {
    const dataDir = temporaryFolder();
    const { child, messages } = startChild(flags(dataDir));
    await until(() => messages.some(({ event }) => event === 'ready'));
    expect(existsSync(join(dataDir, 'server.json'))).toBe(true);

    const exited = once(child, 'exit');
    child.disconnect();

    expect(await exited).toEqual([0, null]);
    expect(existsSync(join(dataDir, 'server.json'))).toBe(false);
  });

  it('ends when the channel closes before it is ready', async () => {
    const { child, messages } = startChild(flags(temporaryFolder()));
    await until(() => messages.some(({ event }) => event === 'starting'));

    const exited = once(child, 'exit');
    child.disconnect();

    expect(await exited).toEqual([null, 'SIGKILL']);
  });

  it('ends when its parent is killed', async () => {
    const dataDir = temporaryFolder();
    const source = `require('node:child_process').spawn(process.execPath, ${JSON.stringify(flags(dataDir))}, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });`;
    const parent = spawn(process.execPath, ['-e', source], { stdio: 'ignore' });
    const serverFile = join(dataDir, 'server.json');
    await until(() => existsSync(serverFile));
    const { pid } = JSON.parse(readFileSync(serverFile, 'utf8')) as { pid: number };

    parent.kill('SIGKILL');

    await until(() => !isAlive(pid));
    expect(existsSync(serverFile)).toBe(false);
  });

  it('says why it cannot start, and ends', async () => {
    const { child, messages } = startChild([MAIN, '--data-dir', temporaryFolder(), '--port', 'x']);
    const [code] = await once(child, 'exit');

    expect(code).toBe(2);
    expect(messages).toEqual([
      { event: 'failed', message: 'The configuration has a fault.', faults: ['--port: must be a number, not "x"'] },
    ]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
