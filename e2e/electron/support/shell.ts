import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';
import { RESOLVER_RULES } from '../../../electron/resolver-rules.ts';
import { projectRoot } from './runtime.ts';

/** What the window runs on; see runtime.ts. */
export interface Machine {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A data folder and a folder of the window's own state, both new. */
export interface Folders {
  readonly data: string;
  readonly profile: string;
  readonly remove: () => void;
}

export function makeFolders(): Folders {
  const root = mkdtempSync(join(tmpdir(), 'orion-shell-'));
  return {
    data: join(root, 'data'),
    profile: join(root, 'profile'),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The program's arguments and environment for these folders: any port, and no demo stores unless they are named. */
export function commandFor(machine: Machine, { data, profile }: Folders, serverArgs: readonly string[] = []) {
  const usual = ['--data-dir', data, '--port', '0', '--fixtures', 'none', '--log-level', 'info'];
  return {
    executablePath: machine.program,
    args: [...flags(), `--user-data-dir=${profile}`, join(projectRoot, 'electron/dist'), '--', ...usual, ...serverArgs],
    env: { ...cleanEnvironment(), ...machine.env, ELECTRON_USER_DATA_DIR: profile },
  };
}

/** The desktop window under test. */
export class Shell {
  readonly app: ElectronApplication;
  readonly process: ChildProcess;
  readonly #folders: Folders;

  private constructor(app: ElectronApplication, folders: Folders) {
    this.app = app;
    this.process = app.process();
    this.#folders = folders;
  }

  static async start(machine: Machine, folders: Folders, serverArgs: readonly string[] = []): Promise<Shell> {
    return new Shell(await _electron.launch(commandFor(machine, folders, serverArgs)), folders);
  }

  /** The window's page, whatever it shows. */
  async page(): Promise<Page> {
    return this.app.firstWindow();
  }

  /** The window's page once it shows the console, signed in. */
  async console(): Promise<Page> {
    const page = await this.page();
    await page.waitForURL((url) => url.hostname === 'admin.localhost' && url.pathname === '/');
    await expect.poll(() => this.statusIn(page)).toBe(200);
    return page;
  }

  /** What the console's API answers to this page: 401 when it is not signed in, 0 when nobody answers or the page is being left. */
  async statusIn(page: Page): Promise<number> {
    const status = page.evaluate<number>(`fetch('/api/stores').then(({ status }) => status, () => 0)`);
    return status.catch(() => 0);
  }

  /** What the running server tells other programs of this user; null while there is none. */
  server(): { readonly pid: number; readonly port: number } | null {
    try {
      return JSON.parse(readFileSync(join(this.#folders.data, 'server.json'), 'utf8'));
    } catch {
      return null;
    }
  }

  /** The running server's process. @throws when there is none */
  serverPid(): number {
    const server = this.server();
    if (!server) throw new Error('There is no server in the data folder.');
    return server.pid;
  }

  /** Quits as the menu does, and waits for the end of the process. Returns its exit code. */
  async quit(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exited = once(this.process, 'exit');
      await this.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
      await exited;
    }
    return this.process.exitCode;
  }

  /** Keeps the addresses that are handed to the system's browser, instead of opening them. */
  async catchOpened(): Promise<() => Promise<string[]>> {
    await this.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url) => void opened.push(url);
    });
    return () => this.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  }
}

/** Whether a process is still there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Chromium has no sandbox for root, and a virtual display has no graphics card. */
function flags(): string[] {
  // As build/electron-runtime.mjs has it.
  const usual = ['--disable-gpu', `--host-resolver-rules=${RESOLVER_RULES}`];
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox', ...usual] : usual;
}

/** Settings of whoever runs the tests must not reach the server, nor make a plain Node of Electron. */
export function cleanEnvironment(): Record<string, string> {
  const isKept = ([name, value]: [string, string | undefined]) =>
    value !== undefined && !name.startsWith('ORION_') && name !== 'ELECTRON_RUN_AS_NODE' && name !== 'NODE_OPTIONS';
  return Object.fromEntries(Object.entries(process.env).filter(isKept)) as Record<string, string>;
}
