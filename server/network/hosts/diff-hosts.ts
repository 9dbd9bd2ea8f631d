import { diffArrays } from 'diff';
import type { DiffLine } from '../../contract/names.ts';
import { dominantEnding, type HostsLine, readable, splitLines } from './lines.ts';

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;
/** Of a longer run of changed lines only the beginning and the end are shown. */
const LONG_RUN = 400;
const SHOWN_OF_LONG_RUN = 50;
/** After this the lines between the first and the last change count as replaced. */
const TIMEOUT_MS = 1000;

const LEFT_OUT: DiffLine = { kind: 'same', text: '…', before: null, after: null };

export interface HostsDiff {
  readonly lines: readonly DiffLine[];
  /** Lines with names that come and go. */
  readonly added: number;
  readonly removed: number;
}

/** What differs between two hosts files, with some lines around it; `…` stands for what is left out. */
export function diffHosts(before: Buffer, after: Buffer): HostsDiff {
  const all = changedLines(tokens(before), tokens(after));
  const names = (kind: DiffLine['kind']) => all.filter((line) => line.kind === kind && /^\s*[^#\s]/.test(line.text));
  return { lines: shorten(all), added: names('added').length, removed: names('removed').length };
}

/** Lines as they are compared: a `\r` counts, a missing last line ending does not. */
function tokens(bytes: Buffer): string[] {
  const { mark, lines } = splitLines(bytes);
  const dominant = dominantEnding(lines);
  const endingOf = ({ ending }: HostsLine) => (ending === '' ? dominant : ending);
  const texts = lines.map((line) => (endingOf(line) === '\r\n' ? `${line.text}\r` : line.text));
  return mark === '' ? texts : [mark + (texts[0] ?? ''), ...texts.slice(1)];
}

function changedLines(before: string[], after: string[]): DiffLine[] {
  const limit = Math.min(before.length, after.length);
  let head = 0;
  while (head < limit && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < limit - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const lines: DiffLine[] = [];
  let [oldNumber, newNumber] = [0, 0];
  const add = (kind: DiffLine['kind'], texts: readonly string[]) => {
    for (const text of texts) {
      if (kind !== 'added') oldNumber += 1;
      if (kind !== 'removed') newNumber += 1;
      lines.push({
        kind,
        text: readable(text.endsWith('\r') ? text.slice(0, -1) : text),
        before: kind === 'added' ? null : oldNumber,
        after: kind === 'removed' ? null : newNumber,
      });
    }
  };
  const skipped = Math.max(0, head - CONTEXT - 1);
  [oldNumber, newNumber] = [skipped, skipped];
  add('same', before.slice(skipped, head));
  const oldMiddle = before.slice(head, before.length - tail);
  const newMiddle = after.slice(head, after.length - tail);
  const changes = diffArrays(oldMiddle, newMiddle, { timeout: TIMEOUT_MS });
  if (changes) {
    for (const { value, added, removed } of changes) add(added ? 'added' : removed ? 'removed' : 'same', value);
  } else {
    add('removed', oldMiddle);
    add('added', newMiddle);
  }
  add('same', before.slice(before.length - tail, before.length - tail + CONTEXT + 1));
  return lines;
}

/** Leaves out unchanged lines away from changes, and the middle of long runs. */
function shorten(lines: readonly DiffLine[]): DiffLine[] {
  if (lines.every(({ kind }) => kind === 'same')) return [];
  const isShown = new Uint8Array(lines.length);
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') isShown.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  }
  hideLongRuns(lines, isShown);
  const shown: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (isShown[index] === 1) shown.push(line);
    else if (shown.at(-1) !== LEFT_OUT) shown.push(LEFT_OUT);
  }
  return shown;
}

function hideLongRuns(lines: readonly DiffLine[], isShown: Uint8Array): void {
  let from = 0;
  for (let index = 1; index <= lines.length; index += 1) {
    if (lines[index]?.kind === lines[from]?.kind) continue;
    if (lines[from]?.kind !== 'same' && index - from > LONG_RUN)
      isShown.fill(0, from + SHOWN_OF_LONG_RUN, index - SHOWN_OF_LONG_RUN);
    from = index;
  }
}
