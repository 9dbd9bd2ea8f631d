import type { RouteRow } from '../../contract/routing.ts';

/**
 * Marks rows that one word or one host means twice: a host that two stores claim, and a word that is one store's
 * subdomain and another one's code, so that its host and its path lead to different stores.
 */
export function markCollisions(rows: readonly RouteRow[], platformDomain: string): RouteRow[] {
  const others = claimants(rows, platformDomain);
  return rows.map((row) => {
    const store = row.store;
    if (!store) return row;
    const rivals = [...(others.get(wordOf(row, platformDomain)) ?? new Map<string, string>())].filter(
      ([code]) => code !== store.code,
    );
    if (rivals.length === 0) return row;
    const names = rivals.map(([code]) => code).join(', ');
    const related = rivals.map(([, id]) => id);
    if (row.state === 'shadowed') return { ...row, related };
    if (row.state !== 'active') return row;
    return { ...row, state: 'collision', reason: `The same word also leads to ${names}, by another way.`, related };
  });
}

/** For each word or host: the stores that claim it, each with one of its rows. */
function claimants(rows: readonly RouteRow[], platformDomain: string): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const row of rows) {
    if (!row.store) continue;
    const word = wordOf(row, platformDomain);
    const stores = found.get(word) ?? new Map<string, string>();
    if (!stores.has(row.store.code)) stores.set(row.store.code, row.id);
    found.set(word, stores);
  }
  return found;
}

/** `techstore` for its host below the platform and for its path; else the whole host. */
function wordOf({ host, path, rule }: RouteRow, platformDomain: string): string {
  if (rule === 'path') return path.split('/')[2] ?? path;
  return host.endsWith(`.${platformDomain}`) ? host.slice(0, -platformDomain.length - 1) : host;
}
