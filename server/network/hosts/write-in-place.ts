/**
 * Writing a file that cannot be replaced, such as /etc/hosts of a container, which is mounted there by itself. A journal
 * is on disk before the first byte changes; after a crash {@link finishJournal} completes what was begun, so the file is
 * the old or the new one, whole.
 */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hashOf } from './hosts-bytes.ts';

interface Journal {
  readonly file: string;
  /** Base64. */
  readonly before: string;
  readonly after: string;
}

/** Writes over a file's bytes, guarded by a journal. */
export async function writeInPlace(file: string, before: Buffer, after: Buffer, journal: string): Promise<void> {
  const content: Journal = { file, before: before.toString('base64'), after: after.toString('base64') };
  const draft = `${journal}.new`;
  await writeSynced(draft, 'w', Buffer.from(JSON.stringify(content)));
  await rename(draft, journal);
  await syncFolder(dirname(journal));
  await overwrite(file, after);
  await rm(journal, { force: true });
}

/** Completes a write that was cut short; whoever calls it holds the file's lock. Returns whether anything was written. */
export async function finishJournal(file: string, journal: string): Promise<boolean> {
  const content = await readJournal(journal);
  if (!content || content.file !== file) return false;
  const [before, after] = [Buffer.from(content.before, 'base64'), Buffer.from(content.after, 'base64')];
  const current = await readFile(file);
  const isTorn =
    hashOf(current) !== hashOf(after) && hashOf(current) !== hashOf(before) && isBetween(current, before, after);
  if (isTorn) await overwrite(file, after);
  await rm(journal, { force: true });
  return isTorn;
}

/** Tells whether bytes are the beginning of the new file over the old one: anything else was written by others. */
function isBetween(current: Buffer, before: Buffer, after: Buffer): boolean {
  const limit = Math.min(current.length, after.length);
  let written = 0;
  while (written < limit && current[written] === after[written]) written += 1;
  return current.subarray(written).equals(before.subarray(Math.min(written, before.length)));
}

async function overwrite(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    let at = 0;
    while (at < bytes.length) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
    await handle.truncate(bytes.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes sure that a folder's entries are on disk; not every system can. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function writeSynced(path: string, flag: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, flag, 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readJournal(path: string): Promise<Journal | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Journal;
  } catch {
    return null;
  }
}
