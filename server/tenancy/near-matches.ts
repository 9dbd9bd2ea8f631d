/** Up to `limit` of `names` that `wanted` may have been meant to be, nearest first. */
export function nearMatches(wanted: string, names: readonly string[], limit = 3): string[] {
  // A longer text is no misspelling of anything.
  const text = wanted.toLowerCase().slice(0, 60);
  return names
    .filter((name) => Math.abs(name.length - text.length) <= Math.max(name.length, 3))
    .map((name) => ({ name, distance: name.startsWith(text) || text.startsWith(name) ? 1 : editDistance(text, name) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Levenshtein distance, with one row kept. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
