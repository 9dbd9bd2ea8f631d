import { execFile } from 'node:child_process';

const TIMEOUT_MS = 60_000;

export interface ProgramResult {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a program without a shell until it ends. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<ProgramResult>;

/** Runs a program without a shell; one that is not there ends with 127. */
export const runProgram: RunProgram = (program, args) =>
  new Promise((resolve) => {
    const child = execFile(program, [...args], { timeout: TIMEOUT_MS, encoding: 'utf8' }, (failure, out, error) => {
      const code = failure ? (typeof failure.code === 'number' ? failure.code : 127) : 0;
      resolve({ code, out, error: error || (failure?.message ?? '') });
    });
    // A database with a password would be asked for it, and nobody is there.
    child.stdin?.on('error', () => undefined).end();
  });

/** Runs a program that has to succeed. @throws {Error} with what it said */
export async function runOrFail(run: RunProgram, program: string, args: readonly string[]): Promise<string> {
  const { code, out, error } = await run(program, args);
  if (code === 0) return out;
  const said = (error.trim() || out.trim()).split('\n').slice(-2).join(' ');
  throw new Error(`${program} ended with ${code}${said ? `: ${said}` : ''}`);
}
