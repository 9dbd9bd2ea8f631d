import { execFile } from 'node:child_process';

const TIMEOUT_MS = 5000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Runs a program of the system, without a shell, and gives its output; null when it is not there, fails or hangs. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string | null>;

/** The real one; nothing is read from standard input. */
export const runProgram: RunProgram = (program, args) =>
  new Promise((resolve) => {
    const options = { timeout: TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: MAX_BYTES, windowsHide: true } as const;
    // Words that are looked for must not be translated.
    const env = { ...process.env, LC_ALL: 'C' };
    execFile(program, [...args], { ...options, env }, (error, stdout) => resolve(error ? null : stdout));
  });
