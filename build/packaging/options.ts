/** What `npm run package` accepts, checked. */
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';

export type System = 'linux' | 'win' | 'mac';

export interface PackagingOptions {
  readonly system: System;
  /** electron-builder's names, `dir` for the app as a folder. */
  readonly targets: readonly string[];
  /** Where the app is put, absolute. */
  readonly output: string;
  readonly isInspectable: boolean;
}

/** A mistake of the person at the terminal; exit code 2. */
export class UsageError extends Error {}

const targetsOf: Readonly<Record<System, readonly string[]>> = {
  linux: ['dir', 'AppImage', 'deb'],
  win: ['dir', 'nsis'],
  mac: ['dir', 'dmg'],
};

const systemNames: Readonly<Record<System, string>> = { linux: 'Linux', win: 'Windows', mac: 'macOS' };

/**
 * Reads the arguments; null when they asked for help, which is then printed.
 *
 * @param platform as `process.platform` names it
 * @throws {UsageError} that says what to write instead
 */
export function readOptions(argv: readonly string[], platform: string, root: string): PackagingOptions | null {
  const program = new Command('npm run package --')
    .description(
      'Packs Orion Studio with its server and its Node. Without a target: a folder with the app, for this system.',
    )
    .option('--linux <targets...>', targetsOf.linux.join(', '))
    .option('--win <targets...>', targetsOf.win.join(', '))
    .option('--mac <targets...>', targetsOf.mac.join(', '))
    .option('--output <folder>', 'where to put it', 'dist/package')
    .option('--inspectable', 'for tests only: a debugger may drive the app')
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(`${error.message.replace(/^error: /, '')}\nSee npm run package -- --help`);
  }
  const given = program.opts<Partial<Record<System, string[]>> & { output: string; inspectable?: true }>();
  const own = systemOf(platform);
  return {
    system: own,
    targets: chosenTargets(given, own),
    output: resolve(root, given.output),
    isInspectable: given.inspectable === true,
  };
}

function systemOf(platform: string): System {
  if (platform === 'win32') return 'win';
  return platform === 'darwin' ? 'mac' : 'linux';
}

function chosenTargets(given: Partial<Record<System, string[]>>, own: System): readonly string[] {
  for (const system of ['linux', 'win', 'mac'] as const) {
    const targets = given[system];
    if (!targets) continue;
    const unknown = targets.filter((target) => !targetsOf[system].includes(target));
    if (unknown.length > 0) {
      throw new UsageError(
        `--${system} has no target ${unknown.join(', ')}. There are ${targetsOf[system].join(', ')}.`,
      );
    }
    if (system !== own) {
      throw new UsageError(
        `Packages for ${systemNames[system]} are made on ${systemNames[system]}: the app carries that system's Node and native packages, and npm installed those of ${systemNames[own]} here.`,
      );
    }
  }
  return given[own] ?? ['dir'];
}
