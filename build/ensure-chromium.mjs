/**
 * Finds a Chromium for the end-to-end tests and the screenshots, and fetches one when the machine has none.
 *
 * Order: ORION_CHROMIUM, Playwright's own download, a browser of the system, a new download by Playwright, apt.
 * Run as a program it prints the path on standard output; everything else goes to standard error.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, nodeBinary, projectRoot } from './install.mjs';

const minute = 60_000;

/**
 * Returns a browser that starts; ends the process with 1 and a sentence on what to do when there is no way to one.
 *
 * Expects the project's packages to be installed. Child processes are to get the path as ORION_CHROMIUM.
 * @returns {Promise<{ executablePath: string }>}
 */
export async function ensureChromium() {
  const chosen = process.env.ORION_CHROMIUM;
  if (chosen) {
    if (canStart(chosen)) return { executablePath: chosen };
    return giveUp(`ORION_CHROMIUM names ${chosen}, which does not start. Correct it or unset it.`);
  }
  const executablePath =
    (await playwrightChromium()) ?? systemChromium() ?? (await downloadChromium()) ?? (await aptChromium());
  return executablePath
    ? { executablePath }
    : giveUp(
        'No Chromium was found and none could be fetched. Do one of these, then try again:\n' +
          '  - install Chrome, Chromium or Edge as this system does it\n' +
          '  - with internet access: npx playwright install --with-deps chromium\n' +
          '  - set ORION_CHROMIUM to the path of a Chromium',
      );
}

async function playwrightChromium() {
  const { chromium } = await import('playwright-core');
  return [chromium.executablePath()].find(canStart);
}

function systemChromium() {
  return systemPaths().find(canStart);
}

/** Where Chromium, Chrome and Edge are on this system, the most likely first. */
function systemPaths() {
  const { PATH = '', LOCALAPPDATA, PROGRAMFILES, 'PROGRAMFILES(X86)': programFilesX86 } = process.env;
  if (process.platform === 'win32') {
    const roots = [PROGRAMFILES, programFilesX86, LOCALAPPDATA].filter((root) => root !== undefined);
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return programs.flatMap((program) => roots.map((root) => join(root, program)));
  }
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge'];
  const folders = [...new Set(['/usr/bin', ...PATH.split(delimiter).filter(Boolean)])];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** A file is not enough: libraries may be missing, and Ubuntu's chromium-browser only points to a snap. */
function canStart(path) {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true; // there `--version` would open a window
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: minute / 2 }).status === 0;
}

async function downloadChromium() {
  say('No Chromium on this machine: downloading one with Playwright (about 170 MB) ...');
  const cli = join(projectRoot, 'node_modules/@playwright/test/cli.js');
  const isDone = await runs(nodeBinary, [cli, 'install', '--no-shell', 'chromium'], 10 * minute, {
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
  });
  const path = isDone ? await playwrightChromium() : undefined;
  if (!path) say(isDone ? 'The downloaded Chromium does not start here.' : 'The download did not work.');
  return path;
}

/** Only where it needs no question: as root on a system with apt. */
async function aptChromium() {
  const apt = '/usr/bin/apt-get';
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync(apt)) return undefined;
  say('Installing the system package chromium with apt ...');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runs(apt, ['update', '-q'], 3 * minute, env);
  await runs(apt, ['install', '-y', '-q', '--no-install-recommends', 'chromium'], 10 * minute, env);
  return systemChromium();
}

/** Runs a program with its output on standard error; false when it fails or takes too long. */
function runs(command, args, timeoutMs, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...env, ...process.env },
      stdio: ['ignore', 2, 2],
      timeout: timeoutMs,
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function giveUp(message) {
  say(message);
  process.exit(1);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await ensureInstalled({ quiet: true });
  process.stdout.write(`${(await ensureChromium()).executablePath}\n`);
}
