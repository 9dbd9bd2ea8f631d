/** The two lines that a block of ours stands between. */
import { createHash } from 'node:crypto';

/** One line of a block: a name and where it leads. */
export interface BlockEntry {
  readonly name: string;
  readonly address: '127.0.0.1' | '::1';
}

export type Marker =
  | {
      readonly kind: 'start';
      readonly id: string;
      readonly count: number;
      readonly isJoined: boolean;
      readonly sum: string;
    }
  | { readonly kind: 'end'; readonly id: string }
  /** Looks like one of ours, but was edited. */
  | { readonly kind: 'unreadable' };

const START = '# >>> Orion Studio: names of its stores (do not edit between the markers)';
const END = '# <<< Orion Studio';
const START_LINE =
  /^# >>> Orion Studio: names of its stores \(do not edit between the markers\) id=([0-9a-f]{8}) lines=(\d{1,6}) sum=([0-9a-f]{16})( joined)?$/;
const END_LINE = /^# <<< Orion Studio id=([0-9a-f]{8})$/;
const LIKE_A_MARKER = /^\s*#+\s*(>>>|<<<)\s*Orion Studio/i;
const ENTRY_LINE = /^(127\.0\.0\.1|::1) ([a-z0-9._-]+)$/;

/** The lines of a block, without endings. `isJoined`: a line ending had to be put before it. */
export function blockLines(id: string, entries: readonly BlockEntry[], isJoined: boolean): string[] {
  const body = entries.map(entryLine);
  const sum = blockSum(id, body, isJoined);
  return [`${START} id=${id} lines=${body.length} sum=${sum}${isJoined ? ' joined' : ''}`, ...body, `${END} id=${id}`];
}

/** Reads a line as a marker; null when it is none. */
export function readMarker(line: string): Marker | null {
  if (!line.includes('Orion') && !LIKE_A_MARKER.test(line)) return null;
  const start = START_LINE.exec(line);
  if (start)
    return {
      kind: 'start',
      id: start[1] ?? '',
      count: Number(start[2]),
      sum: start[3] ?? '',
      isJoined: start[4] !== undefined,
    };
  const end = END_LINE.exec(line);
  if (end) return { kind: 'end', id: end[1] ?? '' };
  return LIKE_A_MARKER.test(line) ? { kind: 'unreadable' } : null;
}

/** Tells whether lines between markers are as they were written. */
export function isAsWritten(marker: Extract<Marker, { kind: 'start' }>, body: readonly string[]): boolean {
  return body.length === marker.count && blockSum(marker.id, body, marker.isJoined) === marker.sum;
}

/** A line of a block as `hostile` writes it: address, space, name. */
export function entryLine({ address, name }: BlockEntry): string {
  return `${address} ${name}`;
}

/** Reads a line that {@link entryLine} has written; null when it is another. */
export function readEntryLine(line: string): BlockEntry | null {
  const match = ENTRY_LINE.exec(line);
  return match ? { address: match[1] as BlockEntry['address'], name: match[2] ?? '' } : null;
}

function blockSum(id: string, body: readonly string[], isJoined: boolean): string {
  return createHash('sha256')
    .update(`${id} ${isJoined}\n${body.join('\n')}`)
    .digest('hex')
    .slice(0, 16);
}
