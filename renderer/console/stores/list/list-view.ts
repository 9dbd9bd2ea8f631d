/** What the list of stores shows, kept in the screen's address: `/stores?q=tech&state=open&sort=-requests`. */

const STATE_FILTERS = ['all', 'open', 'closed', 'deleted'] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];
const SORT_KEYS = ['name', 'code', 'requests', 'created'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface ListSort {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

export interface ListView {
  /** Text in name, code or domains. */
  readonly text: string;
  readonly state: StateFilter;
  readonly sort: ListSort;
}

const DEFAULT_SORT: ListSort = { key: 'name', isDescending: false };

/** Reads the screen's address; values that are none are passed over. */
export function readView(params: URLSearchParams): ListView {
  const state = params.get('state');
  const sort = params.get('sort') ?? '';
  const key = SORT_KEYS.find((one) => one === sort.replace(/^-/, ''));
  return {
    text: params.get('q') ?? '',
    state: STATE_FILTERS.find((one) => one === state) ?? 'all',
    sort: key ? { key, isDescending: sort.startsWith('-') } : DEFAULT_SORT,
  };
}

/** The address with a part of the view changed; what is usual is left out, what is no part of the view stays. */
export function withView(params: URLSearchParams, change: Partial<ListView>): URLSearchParams {
  const { text, state, sort } = { ...readView(params), ...change };
  const changed = new URLSearchParams(params);
  const isDefault = sort.key === DEFAULT_SORT.key && sort.isDescending === DEFAULT_SORT.isDescending;
  put(changed, 'q', text);
  put(changed, 'state', state === 'all' ? '' : state);
  put(changed, 'sort', isDefault ? '' : `${sort.isDescending ? '-' : ''}${sort.key}`);
  return changed;
}

/** The sort after a heading was pressed: numbers and dates begin with the highest, names with A. */
export function nextSort(sort: ListSort, key: SortKey): ListSort {
  if (sort.key === key) return { key, isDescending: !sort.isDescending };
  return { key, isDescending: key === 'requests' || key === 'created' };
}

function put(params: URLSearchParams, name: string, value: string): void {
  if (value === '') params.delete(name);
  else params.set(name, value);
}
