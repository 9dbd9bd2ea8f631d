/** Builds the console into renderer/dist when its sources have changed: `node build/build-renderer.mjs`. */
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf, isFresh, keepStamp } from './freshness.mjs';
import { ensureInstalled } from './install.mjs';
import { projectRoot, say } from './project.mjs';
import { runQuietly } from './run.mjs';

const config = 'renderer/vite.config.ts';
/** The fonts are the platform pages' own; the console's types come from the contract and from the shell's bridge. */
const sources = ['renderer', 'server/contract', 'templates/pages/assets/fonts', 'package-lock.json'];
const stampFile = 'renderer/dist/.built-from';

/**
 * Makes renderer/dist what the sources say; returns at once when it is.
 *
 * @param {{ quiet?: boolean }} [options] quiet: errors alone
 * @returns {Promise<boolean>} false when it cannot be built; the reason was said
 */
export async function buildRenderer({ quiet = false } = {}) {
  if (!existsSync(join(projectRoot, config))) {
    say(`There is no ${config}: the console is not built.`);
    return false;
  }
  const hash = hashOf(sources);
  if (isFresh(stampFile, hash)) return true;
  const began = Date.now();
  const { code, output } = await runQuietly('node_modules/vite/bin/vite.js', ['build', '--config', config]);
  if (code !== 0) {
    say(`The console could not be built:\n${output.trimEnd()}`);
    return false;
  }
  mkdirSync(join(projectRoot, 'renderer/dist'), { recursive: true });
  keepStamp(stampFile, hash);
  if (!quiet) say(`Built the console in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  return true;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await ensureInstalled({ quiet: true });
  process.exitCode = (await buildRenderer()) ? 0 : 1;
}
