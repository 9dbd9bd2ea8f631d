import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BackendName } from '../database/store-database.ts';
import { type Answer, ask } from './http.ts';
import { backendFlags } from './test-platform.ts';

const MAIN = join(import.meta.dirname, '../main.ts');

/** A server in a process of its own, to be killed. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** The command line's right to the console. */
  readonly token: string;
}

function isBackendName(text: string): text is BackendName {
  return text.includes('/');
}

/**
 * Starts a server without demo stores and waits until it listens; it is killed when the test has ended.
 * @param backend null: the one that the data folder is on
 */
export async function startServerProcess(
  dataDir: string,
  backend: string | null,
  more: readonly string[] = [],
): Promise<ServerProcess> {
  const chosen = await chosenFlags(dataDir, backend);
  const flags = ['--json', '--port', '0', '--data-dir', dataDir, ...chosen, ...more];
  const child = spawn(process.execPath, [MAIN, ...flags, '--fixtures', 'none', '--log-level', 'silent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk)));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  const { controlToken } = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as { controlToken: string };
  return { child, port: Number(new URL(url).port), token: controlToken };
}

async function chosenFlags(dataDir: string, backend: string | null): Promise<string[]> {
  if (backend === null) return [];
  return isBackendName(backend) ? backendFlags(backend, dataDir) : ['--isolation', backend];
}

/** Ends it as a power cut would, and waits until it is gone. */
export async function killServer({ child }: ServerProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== null || child.signalCode !== null || !child.kill('SIGKILL')) return;
  await ended;
}

/** Calls the console's API of a server process. */
export function consoleOf(
  { port, token }: Pick<ServerProcess, 'port' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  return ask(port, { host: 'admin.localhost', method, path, body, headers: { Authorization: `Bearer ${token}` } });
}
