/** Shortest and longest duration, in milliseconds, that the bar tells apart. */
const SHORTEST_MS = 0.5;
const LONGEST_MS = 5000;

/**
 * How much of its track a duration's bar fills, from 0.04 to 1. Logarithmic: a page of 2 ms and one of 20 ms are as far
 * apart as one of 200 ms and one of 2 s, and the bar means the same in every row.
 */
export function durationShare(milliseconds: number): number {
  const share = Math.log(Math.max(milliseconds, SHORTEST_MS) / SHORTEST_MS) / Math.log(LONGEST_MS / SHORTEST_MS);
  return Math.min(1, Math.max(0.04, share));
}
