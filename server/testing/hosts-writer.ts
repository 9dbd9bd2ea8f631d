/**
 * A process that writes a hosts file over and over until it is killed: `hosts-writer.ts FILE JOURNAL-FOLDER replace|in-place`.
 * It prints a line before its first write.
 */
import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { putBlock } from '../network/hosts/edit-block.ts';
import { hashOf } from '../network/hosts/hosts-bytes.ts';
import type { BlockEntry } from '../network/hosts/markers.ts';
import { recoverHostsFile, writeHostsFile } from '../network/hosts/write-hosts-file.ts';

/** The two states that the writer changes between, by how many names they have. */
export const NAME_COUNTS = [40, 4000] as const;
export const WRITER_ID = '0a1b2c3d';

/** The file as the writer leaves it with so many names. */
export function writtenWith(bytes: Buffer, count: number): Buffer {
  const entries = Array.from(
    { length: count },
    (_, index): BlockEntry => ({ name: `store${index}.localhost`, address: '127.0.0.1' }),
  );
  return putBlock(bytes, entries, { id: WRITER_ID, known: new Set() });
}

async function writeUntilKilled(path: string, journalFolder: string, isInPlace: boolean): Promise<never> {
  await recoverHostsFile(path, journalFolder);
  const cannotReplace: typeof rename = () => Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY' }));
  process.stdout.write('writing\n');
  for (let turn = 0; ; turn += 1) {
    await writeHostsFile({
      path,
      expected: hashOf(readFileSync(path)),
      change: (current) => writtenWith(current, NAME_COUNTS[turn % 2] ?? 0),
      journalFolder,
      replace: isInPlace ? cannotReplace : rename,
    });
  }
}

const [path, journalFolder, way] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename && path && journalFolder)
  await writeUntilKilled(path, journalFolder, way === 'in-place');
