/** Makes the cluster of the built-in Postgres, and checks one that is there. */
import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../../errors.ts';
import type { PostgresBinaries } from './embedded-binaries.ts';
import { explainFileError, type PostgresFolder } from './embedded-folder.ts';
import { explainProgramError, runProgram } from './embedded-programs.ts';

/** The owner of everything in the built-in Postgres. */
export const EMBEDDED_USER = 'orion';
const DRAFT = 'cluster.new-';

/** `18.4`: the version of the programs. @throws {StartupError} when they do not run on this machine */
export async function binariesVersion(binaries: PostgresBinaries, folder: PostgresFolder): Promise<string> {
  try {
    const { stdout } = await runProgram(binaries.postgres, ['--version'], folder);
    return /(\d+(\.\d+)*)/.exec(stdout)?.[1] ?? stdout.trim();
  } catch (error) {
    throw new StartupError(
      `The built-in Postgres does not run on this machine: ${explainProgramError(error)} Use another Postgres with DATABASE_URL, or start with --engine sqlite.`,
    );
  }
}

/**
 * Makes the cluster when there is none: UTF-8, sorted by bytes as SQLite sorts, with checksums, and passwords for everybody.
 * Returns the password, which is also kept in `passwordFile`, readable by its owner alone.
 * @throws {StartupError} when the cluster is of another version or cannot be made
 */
export async function openCluster(
  folder: PostgresFolder,
  binaries: PostgresBinaries,
  options: { readonly version: string; readonly passwordFile: string; readonly isDurable: boolean },
): Promise<string> {
  const { passwordFile } = options;
  try {
    const found = await readVersion(folder.cluster);
    if (found === null) return await makeCluster(folder, binaries, options);
    checkVersion(found, options.version, folder.cluster);
    const kept = (await readFile(passwordFile, 'utf8').catch(() => '')).trim();
    return kept === '' ? await resetPassword(folder, binaries, passwordFile) : kept;
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const { stderr } = error as { stderr?: string };
    const reason = stderr === undefined ? explainFileError(error) : explainProgramError(error);
    throw new StartupError(`Postgres cannot keep its data in ${folder.path}: ${reason}`);
  }
}

async function readVersion(cluster: string): Promise<string | null> {
  if (!(await lstat(cluster).catch(() => null))) return null;
  return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
}

function checkVersion(found: string, version: string, cluster: string): void {
  const [major] = version.split('.');
  if (found === major) return;
  throw new StartupError(
    `The Postgres cluster in ${cluster} is of version ${found}; this program brings version ${major}, which cannot read it. Start the version of Orion Studio that made it and move to SQLite with "orion backend use sqlite/database", or run a Postgres ${found} of your own on that folder and move from there. Nothing was changed.`,
  );
}

async function makeCluster(
  folder: PostgresFolder,
  binaries: PostgresBinaries,
  { passwordFile, isDurable }: { readonly passwordFile: string; readonly isDurable: boolean },
): Promise<string> {
  await removeDrafts(folder.path);
  // Under another name until it is whole: whoever finds `cluster` finds all of it. A name of its own each time, because an
  // initdb that was left behind tidies up after itself when it ends.
  const draft = await mkdtemp(join(folder.path, DRAFT));
  const secret = `${draft}.password`;
  const password = await writePassword(passwordFile);
  try {
    await writeFile(secret, `${password}\n`, { mode: 0o600 });
    if (folder.user) await Promise.all([draft, secret].map((path) => giveTo(folder, path)));
    const flags = ['-D', draft, '-U', EMBEDDED_USER, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C'];
    const more = ['--no-instructions', `--pwfile=${secret}`, ...(isDurable ? [] : ['--no-sync'])];
    await runProgram(binaries.initdb, [...flags, ...more], folder);
    await rename(draft, folder.cluster);
  } finally {
    await rm(secret, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
  return password;
}

/** What killed starts left. Something that is just being written comes away the next time. */
async function removeDrafts(path: string): Promise<void> {
  const names = (await readdir(path)).filter((name) => name.startsWith(DRAFT));
  await Promise.allSettled(names.map((name) => rm(join(path, name), { recursive: true, force: true })));
}

async function giveTo({ user }: PostgresFolder, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}

async function writePassword(file: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await writeFile(`${file}.new`, `${password}\n`, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
  return password;
}

/** The file with the password is gone: a new one is set without a server, which only the cluster's owner can do. */
async function resetPassword(folder: PostgresFolder, binaries: PostgresBinaries, file: string): Promise<string> {
  const password = await writePassword(file);
  const flags = ['--single', '-D', folder.cluster, '-c', 'log_min_error_statement=panic', 'postgres'];
  await runProgram(binaries.postgres, flags, folder, `ALTER ROLE ${EMBEDDED_USER} PASSWORD '${password}'\n`);
  return password;
}
