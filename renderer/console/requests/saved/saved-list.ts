/** Changes of the list of saved filters; each gives a new list. */
import type { SavedFilter } from '../../../../server/contract/inspect.ts';

/** Adds a filter, or puts it in place of the one that has its name. */
export function withSaved(filters: readonly SavedFilter[], saved: SavedFilter): SavedFilter[] {
  const index = filters.findIndex(({ name }) => name === saved.name);
  return index === -1 ? [...filters, saved] : filters.with(index, saved);
}

/** Puts a filter back where it was. */
export function withRestored(filters: readonly SavedFilter[], saved: SavedFilter, index: number): SavedFilter[] {
  return filters.some(({ name }) => name === saved.name) ? [...filters] : filters.toSpliced(index, 0, saved);
}

/** Gives a filter another name. */
export function withName(filters: readonly SavedFilter[], name: string, changed: string): SavedFilter[] {
  return filters.map((filter) => (filter.name === name ? { ...filter, name: changed } : filter));
}

/** What is wrong with a name for a filter, or null. `own` is the name it has now. */
export function nameFault(filters: readonly SavedFilter[], name: string, own: string | null): string | null {
  if (name.trim() === '') return 'Give it a name.';
  if (name.trim() !== own && filters.some((filter) => filter.name === name.trim()))
    return 'Another filter has this name.';
  return null;
}
