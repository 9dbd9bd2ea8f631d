/**
 * Whenever a process is killed while it writes a hosts file, the file is the old or the new one, whole. ORION_KILLS says how
 * often (default 24 for each way of writing).
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { recoverHostsFile } from './network/hosts/write-hosts-file.ts';
import { NAME_COUNTS, writtenWith } from './testing/hosts-writer.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const WRITER = join(import.meta.dirname, 'testing/hosts-writer.ts');
const KILLS = Number(process.env['ORION_KILLS'] ?? 24);
const MAX_RUN_MS = 40;

/** Starts a writer, lets it write for a random time, kills it, and waits until it is gone. */
async function killWhileWriting(file: string, folder: string, way: string): Promise<void> {
  const child = spawn(process.execPath, [WRITER, file, folder, way], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<string | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  await sleep(Math.random() * MAX_RUN_MS);
  child.kill('SIGKILL');
  expect(await ended, 'the writer ended by itself').toBe('SIGKILL');
}

it.each(['replace', 'in-place'])(
  'leaves the old or the new file, whole, when a writer that works by %s is killed at a random moment',
  async (way) => {
    const folder = temporaryFolder();
    const file = join(folder, 'hosts');
    const untouched = Buffer.from('127.0.0.1 localhost\r\n# caf\xe9\n10.0.0.5\tdb.internal # no ending', 'latin1');
    writeFileSync(file, untouched);
    const wholes = [untouched, ...NAME_COUNTS.map((count) => writtenWith(untouched, count))];
    const seen = new Set<number>();
    let [finished, midway] = [0, 0];
    for (let kill = 0; kill < KILLS; kill += 1) {
      await killWhileWriting(file, folder, way);
      if (readdirSync(folder).length > 1) midway += 1;
      if (way === 'replace') expect(wholes.some((whole) => whole.equals(readFileSync(file)))).toBe(true);
      if (await recoverHostsFile(file, folder)) finished += 1;
      const found = wholes.findIndex((whole) => whole.equals(readFileSync(file)));
      expect(found, `after kill ${kill + 1} the file is neither the old nor the new one`).not.toBe(-1);
      seen.add(found);
    }
    if (process.env['ORION_KILLS'])
      process.stdout.write(
        `${way}: ${KILLS} kills, ${midway} in the middle of a write, ${finished} torn files completed, ${seen.size} states seen\n`,
      );

    // The next writer clears up what the killed ones left.
    await killWhileWriting(file, folder, way);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp')).length).toBeLessThan(2);
  },
  600_000,
);
