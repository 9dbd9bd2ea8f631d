/** The folder in which an app is put together, and how the finished app leaves it in one step. */
import { existsSync, renameSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

const prefix = '.packaging-';

/** Makes the folder inside the output folder, so that a rename is enough at the end; removes what killed runs left there. */
export async function makeWorkFolder(output: string): Promise<string> {
  await mkdir(output, { recursive: true });
  for (const name of await readdir(output)) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (!Number.isNaN(owner) && !isRunning(owner)) await rm(join(output, name), { recursive: true, force: true });
  }
  const folder = join(output, `${prefix}${process.pid}`);
  await mkdir(folder);
  return folder;
}

/**
 * Gives something finished its final name; what had the name before goes away only then.
 *
 * In one go, without waiting in between: a signal finds either the old one or the new one there.
 * @param workFolder where the old one waits for its removal
 * @throws {Error} when the old one is in use; it is then still whole
 */
export function publish(finished: string, target: string, workFolder: string): void {
  const old = join(workFolder, `replaced-${basename(target)}`);
  const hasOld = existsSync(target);
  try {
    if (hasOld) renameSync(target, old);
  } catch (error) {
    const why = (error as Error).message;
    throw new Error(`${target} cannot be replaced: ${why}. Close the app that runs from it, then try again.`);
  }
  try {
    renameSync(finished, target);
  } catch (error) {
    if (hasOld) renameSync(old, target);
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
