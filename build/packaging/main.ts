/**
 * `npm run package`: builds the console and the window, and packs them with the server and its Node into an app
 * that needs nothing else. Everything happens in a work folder; only a finished app gets its name.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { build } from 'electron-builder';
import { packagingConfiguration } from '../electron-builder.config.ts';
import { type ElectronDistribution, findElectron } from './electron-distribution.ts';
import { type PackagingOptions, readOptions, UsageError } from './options.ts';
import { stageNode, stageServer, stageShell } from './stage.ts';
import { makeWorkFolder, publish } from './work-folder.ts';

const root = dirname(dirname(import.meta.dirname));
const offlineErrors = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/;
const sources = { root, nodeBinary: process.execPath };

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.platform, root);
  if (options === null) return;
  const electron = findElectron(root, process.env);
  const work = await makeWorkFolder(options.output);
  removeOnSignal(work);
  try {
    await step('Building the console', () => run('build/build-renderer.mjs'));
    await step('Building the window', () => run('build/build-electron.mjs'));
    await step('Collecting the server and its packages', () =>
      stageServer(join(work, 'resources/server-app'), sources),
    );
    await step('Copying the pinned Node', () => stageNode(join(work, 'resources/node'), sources));
    await stageShell(join(work, 'app'), sources);
    const source = electron.folder ? 'unpacked on this machine' : 'which has to be downloaded';
    await step(`Packing with Electron ${electron.version}, ${source}`, () => pack(work, options, electron));
    for (const path of await publishAll(join(work, 'out'), options, work)) {
      process.stdout.write(`${path} (${await sizeInMegabytes(path)} MB)\n`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Hands over to electron-builder, which is offline only for the target `dir` with an unpacked Electron. */
async function pack(work: string, options: PackagingOptions, electron: ElectronDistribution): Promise<void> {
  const { isInspectable, system, targets } = options;
  const config = packagingConfiguration({
    electronDist: electron.folder,
    electronVersion: electron.version,
    isInspectable,
  });
  try {
    await build({ projectDir: join(work, 'app'), [system]: [...targets], publish: 'never', config });
  } catch (error) {
    throw explainDownload(error as NodeJS.ErrnoException, electron);
  }
}

/** What to do when something could not be downloaded; any other error as it is. */
function explainDownload(error: NodeJS.ErrnoException, electron: ElectronDistribution): Error {
  if (!offlineErrors.test(`${error.code} ${error.message}`)) return error;
  const why = `could not be downloaded (${error.message}). Try again with a connection to github.com`;
  return new Error(
    electron.folder
      ? `The tools for installers ${why}. The target dir needs none.`
      : `Electron ${electron.version} ${why}, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.`,
  );
}

/** A line before and a time after, since some of these take a while. */
async function step(title: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  process.stdout.write(`${title} ...\n`);
  await work();
  process.stdout.write(`  done in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}

/** Runs a script of the project to its end. */
function run(script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script)], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${script} ended with ${signal ?? code}; the lines above say why.`));
    });
  });
}

/** Nothing half-made stays behind: the work folder goes, and the app that was there before was not touched. */
function removeOnSignal(work: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      rmSync(work, { recursive: true, force: true, maxRetries: 3 });
      process.stderr.write('Stopped; nothing was changed.\n');
      process.exit(128 + constants.signals[signal]);
    });
  }
}

/** Gives what electron-builder made its final names in the output folder, and returns their paths. */
async function publishAll(made: string, options: PackagingOptions, work: string): Promise<string[]> {
  const published: string[] = [];
  for (const entry of await readdir(made, { withFileTypes: true })) {
    const isApp = entry.isDirectory() && (entry.name.endsWith('-unpacked') || entry.name.startsWith('mac'));
    const isInstaller = entry.isFile() && /\.(AppImage|deb|exe|dmg)$/.test(entry.name);
    if (!(isApp && options.targets.includes('dir')) && !isInstaller) continue;
    const name = isApp ? `orion-studio-${options.system}-${process.arch}` : basename(entry.name);
    const target = join(options.output, name);
    publish(join(made, entry.name), target, work);
    published.push(target);
  }
  return published;
}

async function sizeInMegabytes(path: string): Promise<number> {
  const files = (await stat(path)).isDirectory()
    ? (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    : [];
  const sizes = files.map(async (file) => (await stat(join(file.parentPath, file.name))).size);
  const bytes =
    sizes.length > 0 ? (await Promise.all(sizes)).reduce((sum, size) => sum + size) : (await stat(path)).size;
  return Math.round(bytes / 1_000_000);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
