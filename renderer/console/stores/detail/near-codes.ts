import type { ListedStore } from '../../../../server/contract/stores.ts';

const MOST = 5;

/** The stores whose codes come close to one that no store has, the closest first. */
export function nearStores(code: string, stores: readonly ListedStore[]): ListedStore[] {
  const wanted = code.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return stores
    .map((store) => ({ store, distance: distanceOf(wanted, store.code) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ store }) => store);
}

/** A part of a code counts as one letter away, however much is missing. */
function distanceOf(wanted: string, code: string): number {
  const isPart = wanted.length >= 3 && (code.includes(wanted) || wanted.includes(code));
  return isPart ? Math.min(1, editDistance(wanted, code)) : editDistance(wanted, code);
}

/** How many letters must be added, taken away or replaced. Source: Wagner and Fischer, 1974. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_value, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
