import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');
const END_WITH_PARENT = pathToFileURL(join(import.meta.dirname, 'end-with-parent.ts')).href;
const READY_TIMEOUT_MS = 60_000;
const TICKS_PER_SECOND = 100;

export interface ServerCommand {
  /** Entry below the project's root. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly nodeFlags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** The one-time link to the console; only the project's own server has one. */
  readonly signIn: string | null;
  /** Processor time used so far, in milliseconds; null where the system does not tell. */
  cpuMs(): number | null;
  /** Resident memory in MiB; null where the system does not tell. */
  residentMb(): number | null;
  /** Open file descriptors; null where the system does not tell. */
  openFiles(): number | null;
  stop(): Promise<void>;
}

/**
 * Starts a server and waits for its ready line: one JSON object on standard output with `port` or `url`.
 * @throws {Error} when it ends before it is ready, or takes too long
 */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const child = spawnNode(command);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const ready = await readyLine(child, command.entry);
    const port = typeof ready.port === 'number' ? ready.port : Number(new URL(ready.url ?? '').port);
    const { pid } = child;
    if (pid === undefined) throw new Error(`${command.entry} has no process id`);
    return {
      pid,
      port,
      signIn: ready.signIn ?? null,
      cpuMs: () => cpuMs(pid),
      residentMb: () => residentMb(pid),
      openFiles: () => openFiles(pid),
      async stop() {
        child.kill('SIGTERM');
        await exited;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Starts a TypeScript entry on this Node; it ends with this process. */
export function spawnNode(command: ServerCommand): ChildProcess {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', END_WITH_PARENT, ...(command.nodeFlags ?? [])];
  return spawn(process.execPath, [...flags, join(ROOT, command.entry), ...(command.args ?? [])], {
    env: { ...cleanEnvironment(), ...command.env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // A configuration file of the working folder must not change what is measured.
    cwd: import.meta.dirname,
  });
}

/** The user's own settings of the server must not either. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(ORION_|NODE_OPTIONS$|npm_)/.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: 'production' };
}

interface ReadyLine {
  readonly port?: number;
  readonly url?: string;
  readonly signIn?: string;
}

function readyLine(child: ChildProcess, entry: string): Promise<ReadyLine> {
  const { stdout } = child;
  if (!stdout) throw new TypeError('the child has no standard output');
  return new Promise((resolve, reject) => {
    const fail = (text: string) => {
      clearTimeout(timer);
      reject(new Error(`${entry} ${text}`));
    };
    const timer = setTimeout(() => fail('was not ready in time'), READY_TIMEOUT_MS);
    child.once('error', (error) => fail(`cannot be started: ${error.message}`));
    child.once('exit', (code) => fail(`ended with ${code} before it was ready`));
    createInterface({ input: stdout }).once('line', (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line));
    });
  });
}

function cpuMs(pid: number): number | null {
  const stat = readProc(pid, 'stat');
  if (stat === null) return null;
  // The name in parentheses may hold spaces; user and system time are the 14th and 15th fields.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

function residentMb(pid: number): number | null {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readProc(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

function openFiles(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
