/** What the launchers share: where the project is, and how they speak. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** A file's text; empty when it cannot be read. */
export function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Speaks to the person at the terminal; standard output belongs to the program that is started. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
