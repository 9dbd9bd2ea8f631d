import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const MAIN = join(import.meta.dirname, '../cli/main.ts');

/** What a command did. */
export interface CommandResult {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

export interface CommandOptions {
  /** Beside this process's own environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** What standard input gives. */
  readonly input?: string;
  /** Told of everything on standard error so far, each time there is more; may send signals. */
  readonly onError?: (text: string, interrupt: () => void) => void;
}

/** Runs `orion` in a process of its own until it ends; it is killed with the test. */
export function orion(
  dataDir: string,
  words: readonly string[],
  { env = {}, input = '', onError }: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [MAIN, '--data-dir', dataDir, ...words], {
    env: { ...process.env, CI: 'true', ...env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
    onError?.(error, () => child.kill('SIGINT'));
  });
  // A command that reads nothing may have ended before it was told everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, out, error }));
  });
}
