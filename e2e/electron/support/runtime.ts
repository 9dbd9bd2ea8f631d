/** What the tests of the desktop window run on: an Electron and a display, or the reason why there is none. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The repository. */
export const projectRoot = join(import.meta.dirname, '../../..');

export type Found<Thing> = Thing | { readonly reason: string };

/** The Electron that build/test.mjs found; found here when Playwright is run by hand, with the window's bundle built. */
export function findRuntime(): Found<{ readonly program: string }> {
  const told = process.env['ORION_ELECTRON'] ?? runScript('build/electron-runtime.mjs');
  if (process.env['ORION_ELECTRON'] === undefined) runScript('build/build-electron.mjs');
  return JSON.parse(told) as Found<{ readonly program: string }>;
}

/** A display: the system's, else a virtual one that lives until `close`. */
export interface Display {
  /** For the environment of what is to be seen there. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Gives a virtual display, so that no test's window takes the focus from anyone's work. */
export async function openDisplay(): Promise<Found<Display>> {
  if (process.platform !== 'linux') return { env: {}, close: async () => undefined };
  if (!isOnPath('Xvfb')) {
    if (process.env['DISPLAY']) return { env: {}, close: async () => undefined };
    return { reason: 'there is no display, and no Xvfb to make one (Debian: apt install xvfb)' };
  }
  // It takes a free number itself and writes it to the descriptor 3.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const exited = once(server, 'exit');
  const [number] = (await once(createInterface({ input: server.stdio[3] as Readable }), 'line')) as [string];
  return {
    env: { DISPLAY: `:${number}` },
    close: async () => {
      server.kill('SIGTERM');
      await exited;
    },
  };
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function runScript(script: string): string {
  return execFileSync(process.execPath, [script], {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
