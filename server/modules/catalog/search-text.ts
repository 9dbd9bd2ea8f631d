/** Text as search compares it: lower case, without accents, single spaces. The same on every engine. */
export function searchable(...parts: readonly string[]): string {
  return parts.join(' ').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** The words of a query; a product is found when it has all of them. At most eight, so that no query is costly. */
export function searchWords(query: string): string[] {
  return [...new Set(searchable(query.slice(0, 200)).split(' ').filter(Boolean))].slice(0, 8);
}
