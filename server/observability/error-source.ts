import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestTrace } from '../contract/requests.ts';

type ErrorSource = NonNullable<NonNullable<RequestTrace['error']>['source']>;

/** A place of a stack. */
export interface Frame {
  /** A path, or a `file:` URL. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const LINES_AROUND = 5;
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const MAX_LINE_LENGTH = 300;
const MAX_FRAME_LENGTH = 1000;
const PROJECT = join(import.meta.dirname, '../..');

/**
 * The first place of a stack that is in the project's own code, with the lines around it. Null when there is none, or its
 * file cannot be read. No file outside the project's folder is ever read.
 */
export function errorSource(stack: string | null, root = PROJECT): ErrorSource | null {
  if (!stack) return null;
  for (const frame of framesOf(stack)) {
    const file = fileBelow(frame.file, root);
    if (file === null) continue;
    const excerpt = excerptOf(join(root, file), frame.line, root);
    if (excerpt) return { file: file.split(sep).join('/'), line: frame.line, column: frame.column, excerpt };
  }
  return null;
}

/** The places of a stack, the innermost first. Lines that are none, such as those of the message, are passed over. */
export function framesOf(stack: string): Frame[] {
  return stack.split('\n', 200).flatMap((text) => {
    const [end = '', line, column] = /:(\d{1,9}):(\d{1,9})\)?\s*$/.exec(text) ?? [];
    if (end === '' || text.length > MAX_FRAME_LENGTH) return [];
    // `at LOCATION`, `at async LOCATION` or `at anything (LOCATION)`; folders may have blanks and brackets in their names.
    const place = text.slice(0, -end.length);
    const start = /^\s+at (?:async )?(?=file:|[/\\]|[A-Za-z]:[\\/])/.exec(place)?.[0].length ?? bracketedStart(place);
    return start === -1 ? [] : [{ file: place.slice(start), line: Number(line), column: Number(column) }];
  });
}

/** Where the path in brackets begins; -1 when there is none. */
function bracketedStart(place: string): number {
  if (!/^\s+at /.test(place)) return -1;
  const start = place.search(/\((?:file:|[/\\]|[A-Za-z]:[\\/])/);
  return start === -1 ? -1 : start + 1;
}

/** The path below the root; null for one outside of it, of a package, or that is no path. */
export function fileBelow(file: string, root: string): string | null {
  const path = pathOf(file);
  if (path === null || path.includes('\0')) return null;
  const below = relative(root, path);
  if (
    below === '' ||
    isAbsolute(below) ||
    below.split(/[\\/]/).some((part) => part === '..' || part === 'node_modules')
  )
    return null;
  return below;
}

function pathOf(file: string): string | null {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file.replace(/[?#].*$/, ''));
  } catch {
    return null;
  }
}

function excerptOf(path: string, line: number, root: string): ErrorSource['excerpt'] | null {
  try {
    // A link may lead out of the folder.
    if (fileBelow(realpathSync(path), realpathSync(root)) === null) return null;
    if (statSync(path).size > MAX_FILE_BYTES) return null;
    const lines = readFileSync(path, 'utf8').split('\n');
    if (line < 1 || line > lines.length) return null;
    const first = Math.max(1, line - LINES_AROUND);
    return lines
      .slice(first - 1, line + LINES_AROUND)
      .map((text, index) => ({ line: first + index, text: text.replace(/\r$/, '').slice(0, MAX_LINE_LENGTH) }));
  } catch {
    return null;
  }
}
