import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Reads a small file of the shell's own. A file that is not there gives null; one that cannot be read gives null too
 * and is kept aside as `*.broken`, so that nothing is lost and the next write is not refused.
 *
 * @param parse checks the content; null means that it is broken
 */
export function readJsonFile<Content>(file: string, parse: (content: unknown) => Content | null): Content | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  const content = parseJson(text);
  const parsed = content === undefined ? null : parse(content);
  if (parsed === null) keepAside(file);
  return parsed;
}

/** Writes the whole file or nothing. @throws {Error} when the folder cannot be written */
export function writeJsonFile(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(draft, file);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keepAside(file: string): void {
  try {
    renameSync(file, `${file}.broken`);
  } catch {
    // a folder that cannot be written: the file stays where it is
  }
}
