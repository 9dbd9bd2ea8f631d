/** Says whether what was built is still what its sources would give. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { projectRoot, readText } from './project.mjs';

const passedOver = new Set(['node_modules', 'dist']);

/**
 * A hash over names and contents of files, and of all files below folders; what is not there counts as nothing.
 *
 * @param {readonly string[]} paths below the project's root; `dist` and tests below folders are passed over
 */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesOf).sort()) {
    hash.update(`${path.split(sep).join('/')}\0`);
    hash.update(readFileSync(join(projectRoot, path)));
  }
  return hash.digest('hex');
}

/** Whether the stamp file holds this hash. */
export function isFresh(stampFile, hash) {
  return readText(join(projectRoot, stampFile)).trim() === hash;
}

/** Writes the stamp: the last step of a build. */
export function keepStamp(stampFile, hash) {
  writeFileSync(join(projectRoot, stampFile), `${hash}\n`);
}

function filesOf(path) {
  const full = join(projectRoot, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .filter(({ name }) => !passedOver.has(name) && !/\.test\.tsx?$/.test(name))
    .flatMap(({ name }) => filesOf(join(path, name)));
}
