/** The supervisor with the real server: what it protects is that a server is always either answering, or explained, or gone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ServerState } from './bridge.ts';
import { locateServer } from './server-location.ts';
import { Supervisor } from './supervisor.ts';

const projectRoot = join(import.meta.dirname, '..');

interface Supervised {
  readonly supervisor: Supervisor;
  readonly dataDir: string;
  /** Every state so far, the oldest first. */
  readonly states: readonly ServerState[];
}

/** A supervisor with a data folder of its own; both are gone when the test has ended. */
function supervise(args: readonly string[] = ['--port', '0'], dataDir = temporaryFolder()): Supervised {
  const states: ServerState[] = [];
  const { platform } = process;
  const supervisor = new Supervisor({
    location: locateServer({ isPackaged: false, resourcesPath: '', projectRoot, platform }),
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

/** The process id that the server itself tells. */
async function pidOf({ supervisor }: Supervised): Promise<number> {
  const port = supervisor.server?.port;
  const { pid } = (await (await fetch(`http://localhost:${port}/health`)).json()) as { pid: number };
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

describe('Supervisor', () => {
  it('stops', async () => {
    const supervised = supervise();
    supervised.supervisor.start();
    await until('running', supervised);
    console.log('stop');
    await supervised.supervisor.stop();
    console.log('stopped');
  });
});
