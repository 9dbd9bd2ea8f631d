/** The newest lines of the log as they are kept while the screen is open. */
import type { LogLine } from '../../../../server/contract/requests.ts';

/** More lines are let go, oldest first. */
export const MOST_LINES = 1000;

/** Adds lines that came; those that are there already are passed over. */
export function appended(lines: readonly LogLine[], incoming: readonly LogLine[]): readonly LogLine[] {
  const last = lines.at(-1)?.sequence ?? -1;
  const fresh = incoming.filter((line) => line.sequence > last && !isOwnQuestion(line));
  return fresh.length === 0 ? lines : [...lines, ...fresh].slice(-MOST_LINES);
}

/** Asking for lines writes one: showing it would say nothing, and never end. */
function isOwnQuestion({ message }: LogLine): boolean {
  return /\/api\/logs[? ]/.test(message);
}
