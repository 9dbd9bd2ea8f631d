/** Lays the lines of a diff out in two columns. */
import type { DiffLine } from '../../../../server/contract/names.ts';

export interface Side {
  /** From 1; null where a line stands for others that were left out. */
  readonly number: number | null;
  readonly text: string;
}

export interface DiffRow {
  /** `gap`: lines that are the same were left out here. */
  readonly kind: 'same' | 'changed' | 'gap';
  readonly left: Side | null;
  readonly right: Side | null;
}

/** Removed lines stand at the left of the added ones that follow them, pair by pair. */
export function sideBySide(lines: readonly DiffLine[]): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      rows.push({ kind: 'changed', left: sideOf(removed[index], 'before'), right: sideOf(added[index], 'after') });
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') {
      // A removed line after added ones begins another change.
      if (added.length > 0) flush();
      removed.push(line);
    } else if (line.kind === 'added') {
      added.push(line);
    } else {
      flush();
      const isGap = line.before === null && line.after === null;
      rows.push({ kind: isGap ? 'gap' : 'same', left: sideOf(line, 'before'), right: sideOf(line, 'after') });
    }
  }
  flush();
  return rows;
}

/** How many lines were removed and added. */
export function countChanges(lines: readonly DiffLine[]): { readonly removed: number; readonly added: number } {
  return {
    removed: lines.filter(({ kind }) => kind === 'removed').length,
    added: lines.filter(({ kind }) => kind === 'added').length,
  };
}

export interface Parts {
  readonly before: string;
  /** What differs. */
  readonly middle: string;
  readonly after: string;
}

/** What of two lines differs: what they begin and end with alike is parted from it. */
export function differingParts(one: string, other: string): readonly [Parts, Parts] {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return [partsOf(one, start, end), partsOf(other, start, end)];
}

function partsOf(text: string, start: number, end: number): Parts {
  return {
    before: text.slice(0, start),
    middle: text.slice(start, text.length - end),
    after: text.slice(text.length - end),
  };
}

function sideOf(line: DiffLine | undefined, number: 'before' | 'after'): Side | null {
  return line ? { number: line[number], text: line.text } : null;
}
