const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `for 6 days`, `for 3 hours`, `for 12 minutes`: how long something can still be done. */
export function formatRemaining(milliseconds: number): string {
  if (milliseconds >= 2 * DAY) return `for ${Math.floor(milliseconds / DAY)} days`;
  if (milliseconds >= 2 * HOUR) return `for ${Math.floor(milliseconds / HOUR)} hours`;
  if (milliseconds >= 2 * MINUTE) return `for ${Math.floor(milliseconds / MINUTE)} minutes`;
  return milliseconds > 0 ? 'for a minute' : 'until it is tidied up';
}
