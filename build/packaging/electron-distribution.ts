/** Finds the Electron that goes into the app. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ElectronDistribution {
  readonly version: string;
  /** An unpacked Electron; undefined when electron-builder is to download it. */
  readonly folder: string | undefined;
}

const binaries = ['electron', 'electron.exe', 'Electron.app'];

/**
 * Order: ELECTRON_OVERRIDE_DIST_PATH (as the `electron` package reads it), what the `electron` package has unpacked, a download.
 *
 * @throws {Error} when the variable names a folder without a complete Electron
 */
export function findElectron(root: string, env: NodeJS.ProcessEnv): ElectronDistribution {
  const chosen = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (chosen) {
    const version = unpackedVersion(chosen);
    if (version) return { version, folder: chosen };
    throw new Error(
      `ELECTRON_OVERRIDE_DIST_PATH names ${chosen}, which is no unpacked Electron. Correct it or unset it.`,
    );
  }
  const file = join(root, 'node_modules/electron/package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  const unpacked = join(root, 'node_modules/electron/dist');
  return { version, folder: unpackedVersion(unpacked) === version ? unpacked : undefined };
}

/** The version an unpacked Electron says it has, without `v`; undefined when the folder is none. */
function unpackedVersion(folder: string): string | undefined {
  const file = join(folder, 'version');
  if (!existsSync(file) || !binaries.some((name) => existsSync(join(folder, name)))) return undefined;
  return readFileSync(file, 'utf8').trim().replace(/^v/, '');
}
