/** The supervisor with the real server: what it protects is that a server is always either answering, or explained, or gone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ServerState } from './bridge.ts';
import { locateServer, type ServerLocation } from './server-location.ts';
import { Supervisor } from './supervisor.ts';

const projectRoot = join(import.meta.dirname, '..');

interface Supervised {
  readonly supervisor: Supervisor;
  readonly dataDir: string;
  /** Every state so far, the oldest first. */
  readonly states: readonly ServerState[];
}

/** A supervisor with a data folder of its own; both are gone when the test has ended. */
function supervise(options: { args?: readonly string[]; location?: ServerLocation } = {}): Supervised {
  const { platform } = process;
  const {
    args = ['--port', '0'],
    location = locateServer({ isPackaged: false, resourcesPath: '', projectRoot, platform }),
  } = options;
  const dataDir = temporaryFolder();
  const states: ServerState[] = [];
  const supervisor = new Supervisor({
    location,
    args: ['--data-dir', dataDir, '--fixtures', 'none', '--log-level', 'warn', ...args],
    stdout: 'ignore',
    onState: (state) => states.push(state),
    onLine: () => undefined,
  });
  onTestFinished(() => supervisor.stop());
  return { supervisor, dataDir, states };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'orion-supervisor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function until(status: ServerState['status'], { supervisor }: Supervised): Promise<void> {
  await vi.waitFor(() => expect(supervisor.state.status).toBe(status), { timeout: 60_000, interval: 20 });
}

/** The server's process, as it tells other programs of this user. */
function pidOf({ dataDir }: Supervised): number {
  const { pid } = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as { pid: number };
  return pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function statusOf({ supervisor }: Supervised): Promise<number> {
  return (await fetch(`http://localhost:${supervisor.server?.port}/health/live`)).status;
}

/** A supervisor of a program that is no server at all. */
function superviseScript(source: string): Supervised {
  const entry = join(temporaryFolder(), 'server.mjs');
  writeFileSync(entry, source);
  return supervise({ location: { nodeBinary: process.execPath, entry } });
}

describe('Supervisor', () => {
  it('starts a server that answers, hands out sign-in links, and leaves no process behind', async () => {
    const supervised = supervise();
    supervised.supervisor.start();
    await until('running', supervised);
    const pid = pidOf(supervised);

    expect(await statusOf(supervised)).toBe(200);
    expect(supervised.supervisor.dataDir).toBe(supervised.dataDir);
    const links = await Promise.all([supervised.supervisor.signInLink(), supervised.supervisor.signInLink()]);
    expect(new Set(links).size).toBe(2);
    expect(links[0]).toContain(`${supervised.supervisor.server?.console}sign-in?token=`);

    await supervised.supervisor.stop();
    expect(isAlive(pid)).toBe(false);
    expect(supervised.supervisor.state).toEqual({ status: 'stopped' });
    expect(await supervised.supervisor.signInLink()).toBeNull();
  });

  it('starts a killed server again at the same address', async () => {
    const supervised = supervise();
    supervised.supervisor.start();
    await until('running', supervised);
    const { port } = supervised.supervisor.server ?? {};
    const pid = pidOf(supervised);

    process.kill(pid, 'SIGKILL');
    await until('restarting', supervised);
    await until('running', supervised);

    expect(pidOf(supervised)).not.toBe(pid);
    expect(supervised.supervisor.server?.port).toBe(port);
    expect(await statusOf(supervised)).toBe(200);
  });

  it('takes another port when something else has taken the old one meanwhile', async () => {
    const supervised = supervise();
    supervised.supervisor.start();
    await until('running', supervised);
    const port = supervised.supervisor.server?.port;
    const other = createServer();
    onTestFinished(() => void other.close());

    process.kill(pidOf(supervised), 'SIGKILL');
    await until('restarting', supervised);
    other.listen(port, '127.0.0.1');
    await until('running', supervised);

    expect(supervised.supervisor.server?.port).not.toBe(port);
    expect(await statusOf(supervised)).toBe(200);
  });

  it('restarts when asked, at the same address', async () => {
    const supervised = supervise();
    supervised.supervisor.start();
    await until('running', supervised);
    const { port } = supervised.supervisor.server ?? {};
    const pid = pidOf(supervised);

    await supervised.supervisor.restart();
    expect(isAlive(pid)).toBe(false);
    await until('running', supervised);

    expect(supervised.supervisor.server?.port).toBe(port);
    expect(supervised.states.map(({ status }) => status)).not.toContain('failed');
  });

  it('says at once why a server refuses to start, and starts it when the cause is gone', async () => {
    const supervised = supervise();
    const format = join(supervised.dataDir, 'orion.json');
    writeFileSync(format, '{"format":99}');
    supervised.supervisor.start();
    await until('failed', supervised);

    expect(supervised.states.filter(({ status }) => status === 'restarting')).toEqual([]);
    const { summary, lines, dataDir } = supervised.supervisor.failure(20);
    expect(summary).toContain('is from a newer version of Orion Studio (format 99');
    expect(lines.join('\n')).toContain('newer version');
    expect(dataDir).toBe(supervised.dataDir);

    rmSync(format);
    supervised.supervisor.start();
    await until('running', supervised);
    expect(await statusOf(supervised)).toBe(200);
  });

  it('lists every wrong flag', async () => {
    const supervised = supervise({ args: ['--port', 'x', '--nonsense', '1'] });
    supervised.supervisor.start();
    await until('failed', supervised);

    expect(supervised.supervisor.failure(20).faults).toEqual([
      expect.stringContaining('--nonsense: is not a flag'),
      expect.stringContaining('--port: must be a number'),
    ]);
  });

  it('gives a server up that ends again and again, and keeps its last words', async () => {
    const supervised = superviseScript('console.error("the disk is on fire"); process.exitCode = 7;');
    supervised.supervisor.start();
    await until('failed', supervised);

    const { summary, lines } = supervised.supervisor.failure(20);
    expect(summary).toBe('The server ended by itself with exit code 7.');
    expect(lines).toEqual(Array.from({ length: 6 }, () => 'the disk is on fire'));
  });

  it('gives up at once when the program cannot be run', async () => {
    const supervised = supervise({ location: { nodeBinary: join(temporaryFolder(), 'no-node'), entry: 'main.ts' } });
    supervised.supervisor.start();
    await until('failed', supervised);

    expect(supervised.supervisor.failure(20).summary).toMatch(/could not be run: .*ENOENT/);
  });

  it('kills a server that does not end', async () => {
    const supervised = superviseScript(`
      process.on('disconnect', () => {});
      process.on('SIGTERM', () => {});
      setInterval(() => {}, 1000);
      process.send({ event: 'ready', port: process.pid, console: 'http://admin.localhost/' });`);
    supervised.supervisor.start();
    await until('running', supervised);
    const pid = supervised.supervisor.server?.port ?? 0;
    expect(isAlive(pid)).toBe(true);

    await supervised.supervisor.stop();
    expect(isAlive(pid)).toBe(false);
  });
});
