import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/** The project's root: where the server and the command line are started. */
export const projectRoot = join(import.meta.dirname, '../../..');

/** A server's answer, read without a browser. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Where a running server answers. */
export interface Addresses {
  readonly port: number;
  /** The platform host's address, with `/` at the end. */
  readonly url: string;
  /** The console's address, with `/` at the end. */
  readonly console: string;
  /** An address of a store by its own name; `path` begins with `/`. */
  readonly storeUrl: (code: string, path?: string) => string;
  /** The same page below the platform host. */
  readonly pathUrl: (code: string, path?: string) => string;
  /** Asks over plain HTTP under any Host. */
  readonly ask: (host: string, path: string, headers?: Readonly<Record<string, string>>) => Promise<RawAnswer>;
}

/** The real server as a process of its own, with a data folder of its own. */
export interface OrionServer extends Addresses {
  /** Runs `orion` on the server's data folder and returns what it printed, parsed. @throws when the command fails */
  readonly orion: (...args: readonly string[]) => Promise<unknown>;
  /** Kills the process as a crash would; its data stays. */
  readonly crash: () => Promise<void>;
  /** Starts the server anew on the same data and the same port, after a crash. */
  readonly startAgain: () => Promise<void>;
  /** Ends the process and removes its data folder. */
  readonly stop: () => Promise<void>;
}

type ServerProcess = ChildProcessByStdio<null, Readable, Readable>;

interface ReadyLine {
  readonly event: 'ready';
  readonly url: string;
}

const node = process.execPath;

/** The backend that the tests run on; Postgres is the built-in one, so that a server needs nothing but its data folder. */
const [engine = '', isolation = ''] = (process.env['ORION_TEST_BACKEND'] ?? 'sqlite/database').split('/');
const backendFlags = ['--engine', engine, '--isolation', isolation];
const environment = childEnvironment();

/**
 * Starts a server with every fixture loaded, and waits for its ready line.
 *
 * @param port any free one by default; `usual` is 8000, or the next free one
 * @param flags further ones, which a start after a crash does not have
 * @param env beside the usual environment, also only of the first start
 */
export async function startServer(
  port: 'any' | 'usual' = 'any',
  flags: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<OrionServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'orion-e2e-'));
  let child = spawnServer(dataDir, [...backendFlags, ...(port === 'any' ? ['--port', '0'] : []), ...flags], env);
  const stop = async () => {
    await end(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const { url } = await readReadyLine(child);
    const addresses = addressesAt(Number(new URL(url).port));
    return {
      ...addresses,
      orion: (...args) => runOrion(dataDir, args),
      crash: () => end(child, 'SIGKILL'),
      async startAgain() {
        child = spawnServer(dataDir, ['--port', String(addresses.port)]);
        await readReadyLine(child);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function spawnServer(dataDir: string, flags: readonly string[], env: NodeJS.ProcessEnv = {}): ServerProcess {
  return spawn(node, ['server/main.ts', '--json', '--data-dir', dataDir, '--log-level', 'error', ...flags], {
    cwd: projectRoot,
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a fixture's `store.json` says, for tests that compare a page with it. */
export function readFixture(code: string): {
  readonly name: string;
  readonly hero: { readonly heading: string };
  readonly theme: { readonly settings: Readonly<Record<string, string | number>> };
} {
  return JSON.parse(readFileSync(join(projectRoot, 'fixtures/stores', code, 'store.json'), 'utf8'));
}

/** The addresses of a server on a port of this machine. */
export function addressesAt(port: number): Addresses {
  return {
    port,
    url: `http://localhost:${port}/`,
    console: `http://admin.localhost:${port}/`,
    storeUrl: (code, path = '/') => `http://${code}.localhost:${port}${path}`,
    pathUrl: (code, path = '/') => `http://localhost:${port}/storefront/${code}${path === '/' ? '' : path}`,
    ask: (host, path, headers = {}) => ask(port, path, { Host: host, ...headers }),
  };
}

/** Settings of whoever runs the tests must not reach the server. */
function childEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ORION_')));
}

/** Logs are kept back, and shown when the server ends before it is ready. */
async function readReadyLine(child: ServerProcess): Promise<ReadyLine> {
  let logs = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    logs += text;
  });
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as ReadyLine;
  throw new Error(`The server ended before it was ready:\n${logs}`);
}

async function end(child: ServerProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const patience = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(patience);
}

async function runOrion(dataDir: string, args: readonly string[]): Promise<unknown> {
  const command = ['server/cli/main.ts', ...args, '--data-dir', dataDir, '--format', 'json'];
  // CI keeps the command from opening a browser and from asking questions.
  const env = { ...environment, CI: '1' };
  const { stdout } = await promisify(execFile)(node, command, { cwd: projectRoot, env });
  return JSON.parse(stdout);
}

function ask(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({
        status: response.statusCode ?? 0,
        contentType: response.headers['content-type'] ?? '',
        text: Buffer.concat(chunks).toString('utf8'),
      });
    });
    call.on('error', reject);
    call.end();
  });
}
