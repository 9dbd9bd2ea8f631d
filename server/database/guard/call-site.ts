import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(import.meta.dirname, '../../..');
/** Enough to see past Sequelize. */
const FRAMES = 60;

/** Where a call stands in the program; the text is made when it is first read. */
export interface CallMark {
  readonly stack?: string | undefined;
}

/** Remembers who called; cheap as long as nobody reads it. */
export function markCall(): CallMark {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const mark = new Error('call');
  Error.stackTraceLimit = before;
  return mark;
}

/**
 * File and line of the first caller that is neither a package nor part of `server/database`, relative to the project,
 * such as `server/modules/catalog/service.ts:123`; null when the stack has none.
 */
export function callSiteOf(mark: CallMark): string | null {
  for (const line of (mark.stack ?? '').split('\n')) {
    const found = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(\d+):\d+\)?$/.exec(line.trim());
    const file = found?.[1] && projectFile(found[1]);
    if (file) return `${file}:${found[2]}`;
  }
  return null;
}

function projectFile(place: string): string | null {
  const file = relative(ROOT, place.startsWith('file:') ? fileURLToPath(place) : place)
    .split(sep)
    .join('/');
  const isOutside = file.startsWith('../') || /(^|\/)node_modules\//.test(file) || /^[A-Za-z]:/.test(file);
  // A test of the database's code is a caller like any other.
  const isDatabase = file.startsWith('server/database/') && !file.endsWith('.test.ts');
  return isOutside || isDatabase ? null : file;
}
