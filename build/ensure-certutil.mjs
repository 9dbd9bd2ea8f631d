/** Fetches `certutil`, which changes the trust of browsers; tests that need it are left out where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const APT = '/usr/bin/apt-get';
const minute = 60_000;

/** Installs it where that needs no question: as root on a system with apt. Never fails. */
export function ensureCertutil() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync(APT)) return;
  if (spawnSync('certutil', ['-H'], { stdio: 'ignore' }).error === undefined) return;
  process.stderr.write('Installing the system package libnss3-tools with apt, for tests of trust ...\n');
  const options = { stdio: ['ignore', 2, 2], env: { DEBIAN_FRONTEND: 'noninteractive', ...process.env } };
  const install = ['install', '-y', '-q', '--no-install-recommends', 'libnss3-tools'];
  if (spawnSync(APT, install, { ...options, timeout: 3 * minute }).status === 0) return;
  spawnSync(APT, ['update', '-q'], { ...options, timeout: 3 * minute });
  spawnSync(APT, install, { ...options, timeout: 3 * minute });
}
