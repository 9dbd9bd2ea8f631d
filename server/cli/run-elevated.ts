import { spawn } from 'node:child_process';
import type { Elevation } from '../contract/elevation.ts';
import { StartupError } from '../errors.ts';

/**
 * Runs what needs administrator rights in this terminal, where `sudo` asks for the password; what it says goes to
 * standard error.
 * @throws {StartupError} when it did not succeed
 */
export async function runElevated({ command }: Elevation): Promise<void> {
  if (process.platform === 'win32')
    throw new StartupError(`Run this in a terminal that was opened as administrator: ${command}`);
  // The text is the server's own, made for a shell; standard output is kept for the result.
  const child = spawn('/bin/sh', ['-c', command], { stdio: ['inherit', process.stderr, 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new StartupError(`It was not done: the command ended with ${code}. ${command}`);
}
