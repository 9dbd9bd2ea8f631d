/**
 * Finds what a desktop window needs: an Electron runtime and a display.
 *
 * A runtime is the folder in ELECTRON_OVERRIDE_DIST_PATH, or what the package `electron` brings. That package downloads it when
 * asked for the first time, from GitHub or from the mirror that ELECTRON_MIRROR names.
 *
 * Run as a program it prints, as JSON, the runtime that tests use, or why there is none.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary, projectRoot } from './install.mjs';
import { readText, say } from './project.mjs';

const packageFolder = join(projectRoot, 'node_modules/electron');
const besideRepository = join(projectRoot, '../shared/tools/electron-runtime');
const downloadLimitMs = 10 * 60_000;

/**
 * An Electron that is on this machine, or undefined. Nothing is downloaded.
 *
 * @returns {string | undefined} the program's path
 */
export function findElectron() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = named || join(packageFolder, 'dist');
  const isWhole = named || isDownloaded();
  const program = join(folder, programName());
  return isWhole && existsSync(program) ? program : undefined;
}

/**
 * An Electron, downloaded when there is none.
 *
 * @returns {Promise<{ program: string } | { reason: string }>} reason: why there is none, as the end of a sentence
 */
export async function ensureElectron() {
  const found = findElectron();
  if (found) return { program: found };
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    return {
      reason: `ELECTRON_OVERRIDE_DIST_PATH names ${process.env.ELECTRON_OVERRIDE_DIST_PATH}, which has no Electron`,
    };
  }
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  say(`Downloading Electron ${version} for the desktop window (about 110 MB, once) ...`);
  const failure = await download();
  const program = findElectron();
  return program ? { program } : { reason: `Electron is not on this machine and could not be downloaded (${failure})` };
}

/**
 * The runtime that tests use: the named one, else one that stands ready beside the repository on machines that cannot reach
 * Electron's download site, else the package's.
 *
 * @returns {Promise<{ program: string } | { reason: string }>}
 */
export async function ensureElectronForTests() {
  if (!process.env.ELECTRON_OVERRIDE_DIST_PATH && existsSync(join(besideRepository, 'get-electron.sh'))) {
    // It needs root; where it fails, the window's own start says what is missing.
    spawnSync('bash', [join(besideRepository, 'install-libraries.sh')], { stdio: ['ignore', 2, 2] });
    const { status, stdout } = spawnSync('bash', [join(besideRepository, 'get-electron.sh')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
    });
    if (status === 0) process.env.ELECTRON_OVERRIDE_DIST_PATH = stdout.trim();
  }
  return ensureElectron();
}

/** Why no window can be shown here; undefined when one can. */
export function whyNoDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return undefined;
  return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
}

/** The command that gives a program a display of its own, where there is none; empty when it is not needed or not there. */
export function virtualDisplay() {
  const isInstalled = spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).status === 0;
  return whyNoDisplay() && isInstalled ? ['xvfb-run', '-a', '-s', '-screen 0 1440x1000x24'] : [];
}

/** What Electron needs on the command line on this machine. */
export function electronFlags() {
  // Every name leads to this machine; why: electron/resolver-rules.ts. An app in a folder comes too late to say so itself.
  const names = '--host-resolver-rules=MAP * 127.0.0.1';
  // Chromium refuses to run as root with its sandbox. Only root in a container does that; nobody else loses the sandbox.
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox', names] : [names];
}

/** The package writes the version into the folder as the last step of its download. */
function isDownloaded() {
  const { version } = JSON.parse(readText(join(packageFolder, 'package.json')) || '{}');
  return version !== undefined && readText(join(packageFolder, 'dist/version')).trim().replace(/^v/, '') === version;
}

function programName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

/** Runs the package's own downloader; resolves with what went wrong, in a few words. */
function download() {
  return new Promise((resolve) => {
    const child = spawn(nodeBinary, [join(packageFolder, 'install.js')], {
      stdio: ['ignore', 2, 'pipe'],
      timeout: downloadLimitMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (_code, signal) => resolve(signal ? 'it took longer than ten minutes' : firstReason(output)));
  });
}

/** The first line of the downloader's errors. */
function firstReason(output) {
  const line = output.split(/\r?\n/).find((text) => text.trim() !== '');
  return line?.trim().slice(0, 200) ?? 'no reason was given';
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(await ensureElectronForTests())}\n`);
}
