import { access, constants, readdir, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../contract/doctor.ts';
import { MIN_FREE_BYTES } from '../data-folder.ts';
import { findRunningServer } from '../running-server.ts';
import { about } from './finding.ts';

const MIB = 1024 * 1024;
/** Little space is said before there is none. */
const LOW_BYTES = 512 * MIB;
const OTHERS = 0o077;

/** Looks at the data folder; makes and locks nothing. */
export async function checkDataFolder(path: string, platform = process.platform): Promise<Finding[]> {
  const finding = about('data', 'data:folder', 'Data folder');
  const found = await stat(path).catch(() => null);
  if (!found) return [finding.ok(`${path} is not there yet; the first start makes it.`)];
  if (!found.isDirectory())
    return [finding.failed(`${path} is a file.`, { fix: { text: 'Name another folder with --data-dir.' } })];
  const others = await Promise.all([checkSpace(path), checkFormat(path), checkSecrets(path, platform)]);
  return [await checkUse(path), ...others];
}

async function checkUse(path: string): Promise<Finding> {
  const finding = about('data', 'data:folder', 'Data folder');
  const isWritable = await access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    return finding.failed(`${path} is read-only for this user.`, {
      fix: { text: 'Change its permissions, or name another folder with --data-dir.' },
    });
  const server = await findRunningServer(path);
  return server
    ? finding.ok(`${path} is in use by the server on port ${server.port} (process ${server.pid}).`)
    : finding.ok(`${path} is writable and free.`);
}

async function checkSpace(path: string): Promise<Finding> {
  const finding = about('data', 'data:space', 'Disk space');
  const { bavail, bsize } = await statfs(path);
  const bytes = bavail * bsize;
  const free = bytes < 10 * 1024 * MIB ? `${Math.floor(bytes / MIB)} MiB` : `${Math.floor(bytes / 1024 / MIB)} GiB`;
  const fix = { text: 'Free some space, or name a folder on another disk with --data-dir.' };
  if (bytes < MIN_FREE_BYTES)
    return finding.failed(`${free} are free; the server needs ${MIN_FREE_BYTES / MIB} MiB to start.`, { fix });
  if (bytes < LOW_BYTES) return finding.warning(`${free} are free.`, { fix });
  return finding.ok(`${free} are free.`);
}

async function checkFormat(path: string): Promise<Finding> {
  const finding = about('data', 'data:format', 'Format of the data folder');
  const text = await readFile(join(path, 'orion.json'), 'utf8').catch(() => null);
  if (text === null) return finding.skipped('It has no orion.json yet; the first start writes it.');
  try {
    const { format } = JSON.parse(text) as { format?: unknown };
    if (typeof format === 'number') return finding.ok(`Format ${format}.`);
  } catch {
    // said below
  }
  return finding.failed('Its orion.json cannot be read.', {
    fix: { text: 'Restore the file from a backup, or name another folder with --data-dir.' },
  });
}

/** Files that open something for whoever reads them. */
async function checkSecrets(path: string, platform: NodeJS.Platform): Promise<Finding> {
  const finding = about('data', 'data:secrets', 'Secrets in the data folder');
  if (platform === 'win32') return finding.skipped('On Windows the folder’s own permissions count.');
  const names = ['server.json', 'place.json', ...(await keysBelow(path))];
  const open: string[] = [];
  let looked = 0;
  for (const name of names) {
    const file = await stat(join(path, name)).catch(() => null);
    if (!file) continue;
    looked += 1;
    if ((file.mode & OTHERS) !== 0) open.push(join(path, name));
  }
  if (open.length === 0)
    return finding.ok(`${looked === 1 ? '1 file is' : `${looked} files are`} readable by their owner alone.`);
  return finding.warning(`Other users of this machine may read ${open.join(', ')}.`, {
    fix: { text: 'Close them to others.', command: `chmod 600 ${open.map((file) => `'${file}'`).join(' ')}` },
  });
}

async function keysBelow(path: string): Promise<string[]> {
  const names = await readdir(join(path, 'certificates'), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.key')).map((name) => join('certificates', name));
}
