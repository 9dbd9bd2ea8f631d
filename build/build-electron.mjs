/** Builds the desktop shell into electron/dist when its sources have changed: `node build/build-electron.mjs`. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hashOf, isFresh, keepStamp } from './freshness.mjs';
import { ensureInstalled } from './install.mjs';
import { say } from './project.mjs';
import { runQuietly } from './run.mjs';

const sources = [
  'electron',
  'server/contract',
  'build/bundle-electron.mjs',
  'build/icons/png',
  'package.json',
  'templates/pages/assets/mark.svg',
];
const stampFile = 'electron/dist/.built-from';

/**
 * Makes electron/dist what the sources say; returns at once when it is.
 *
 * @param {{ quiet?: boolean }} [options] quiet: errors alone
 * @returns {Promise<boolean>} false when it cannot be built; the reason was said
 */
export async function buildElectron({ quiet = false } = {}) {
  const hash = hashOf(sources);
  if (isFresh(stampFile, hash)) return true;
  const began = Date.now();
  const { code, output } = await runQuietly('build/bundle-electron.mjs', []);
  if (code !== 0) {
    say(`The desktop shell could not be built:\n${output.trimEnd()}`);
    return false;
  }
  keepStamp(stampFile, hash);
  if (!quiet) say(`Built the desktop shell in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  return true;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await ensureInstalled({ quiet: true });
  process.exitCode = (await buildElectron()) ? 0 : 1;
}
