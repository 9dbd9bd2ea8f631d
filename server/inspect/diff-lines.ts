import { diffArrays } from 'diff';
import type { DiffLine } from '../contract/names.ts';

/** Changed lines are shown with so many around them. */
const CONTEXT = 3;
/** Texts that differ more are not worth reading line by line, and would take long to compare. */
const MAX_EDITS = 3000;
const MAX_MS = 400;
const MAX_LINE = 2000;

/**
 * The lines of two texts side by side, whole: same, removed and added; null when they differ too much to be compared
 * line by line.
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] | null {
  const changes = diffArrays([...before], [...after], { maxEditLength: MAX_EDITS, timeout: MAX_MS });
  if (!changes) return null;
  let left = 0;
  let right = 0;
  return changes.flatMap(({ value, added, removed }) =>
    value.map((text): DiffLine => {
      if (!added) left += 1;
      if (!removed) right += 1;
      const kind = added ? 'added' : removed ? 'removed' : 'same';
      return { kind, text: shortened(text), before: added ? null : left, after: removed ? null : right };
    }),
  );
}

/** The changed lines with some around them; `…` stands for those left out. Empty when nothing changed. */
export function withContext(lines: readonly DiffLine[]): DiffLine[] {
  const isNear = new Uint8Array(lines.length);
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same') isNear.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  if (!isNear.includes(1)) return [];
  const shown: DiffLine[] = [];
  lines.forEach((line, index) => {
    if (isNear[index]) shown.push(line);
    else if (index === 0 || isNear[index - 1]) shown.push({ kind: 'same', text: '…', before: null, after: null });
  });
  return shown;
}

function shortened(text: string): string {
  return text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text;
}
