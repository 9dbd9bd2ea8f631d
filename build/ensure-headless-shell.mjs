/**
 * Finds Chromium's headless shell, which shows the same pages with half the work of the whole browser: the end-to-end tests
 * use it where there is one. What needs a whole browser, as trust in certificates does, starts that by itself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAME = 'chromium-headless-shell';
const MINUTE_MS = 60_000;

/** Returns its path; null where there is none, or ORION_CHROMIUM names the browser to use. Installs it as root with apt. */
export function ensureHeadlessShell() {
  if (process.env.ORION_CHROMIUM) return null;
  return findShell() ?? (installShell() ? findShell() : null);
}

function findShell() {
  const folders = [...new Set(['/usr/bin', ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)])];
  const path = folders.map((folder) => join(folder, NAME)).find(existsSync);
  if (path === undefined) return null;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: MINUTE_MS / 2 }).status === 0 ? path : null;
}

function installShell() {
  const apt = '/usr/bin/apt-get';
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync(apt)) return false;
  const env = { DEBIAN_FRONTEND: 'noninteractive', ...process.env };
  const run = (args, minutes) =>
    spawnSync(apt, args, { env, stdio: ['ignore', 2, 2], timeout: minutes * MINUTE_MS }).status === 0;
  const install = () => run(['install', '-y', '-q', '--no-install-recommends', NAME], 5);
  return install() || (run(['update', '-q'], 3) && install());
}
