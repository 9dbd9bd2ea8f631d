import { listRequestsInput, type RequestFilter } from '../../../server/contract/requests.ts';

/** The filters of the list, each with its name in the address. */
export const FILTER_NAMES = [
  'store',
  'mode',
  'area',
  'status',
  'method',
  'role',
  'flag',
  'minMs',
  'maxMs',
  'last',
  'from',
  'to',
  'origin',
  'text',
  'assets',
  'console',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** Those that the server knows; `last` becomes its `from`. */
const SERVER_NAMES = FILTER_NAMES.filter((name) => name !== 'last');

/** Stretches of time that end now. */
export const LAST = ['5m', '1h', 'today'] as const;
export type Last = (typeof LAST)[number];

/** What an address without filters shows: shops' pages, without what they bring along and without the console itself. */
export const DEFAULT_FILTER: RequestFilter = { assets: 'hide', console: 'hide' };

/** In the address, `assets=show` and `console=show` take the default away. */
const SHOWN = 'show';

/**
 * Reads the filter of an address; values that are none are passed over.
 * @param now milliseconds since 1970: where a stretch such as the last hour ends
 */
export function filterOf(params: URLSearchParams, now = Date.now()): RequestFilter {
  const filter: Record<string, unknown> = {};
  for (const name of SERVER_NAMES) {
    const standing = standingOf(name);
    const value = params.get(name) ?? standing ?? '';
    const parsed = listRequestsInput.shape[name].safeParse(value);
    if (parsed.success) {
      if (parsed.data !== undefined) filter[name] = parsed.data;
    } else if (value !== SHOWN && standing) {
      filter[name] = standing;
    }
  }
  const last = lastOf(params);
  if (last) filter['from'] = startOf(last, now);
  return filter as RequestFilter;
}

/** The stretch of time that an address names, or null. */
export function lastOf(params: URLSearchParams): Last | null {
  return LAST.find((one) => one === params.get('last')) ?? null;
}

/** When a stretch that ends now began, in milliseconds since 1970. */
function startOf(last: Last, now: number): number {
  if (last === 'today') return new Date(now).setHours(0, 0, 0, 0);
  return now - (last === '5m' ? 5 : 60) * 60_000;
}

/** Other filters that say the same in another way: setting one takes them away. */
const EXCLUDES: Readonly<Partial<Record<FilterName, readonly FilterName[]>>> = {
  last: ['from', 'to'],
  from: ['last'],
  to: ['last'],
};

/**
 * The address with one filter changed; undefined takes it away. What is no filter stays as it is. Asking for the
 * console's area shows the console's requests.
 */
export function withFilter(params: URLSearchParams, name: FilterName, value: string | undefined): URLSearchParams {
  const isConsoleHidden = name === 'area' && value === 'admin' && filterOf(params).console === 'hide';
  const changed = isConsoleHidden ? withFilter(params, 'console', undefined) : new URLSearchParams(params);
  const standing = standingOf(name);
  const wanted = value ?? (standing ? SHOWN : '');
  if (wanted === (standing ?? '')) changed.delete(name);
  else changed.set(name, wanted);
  if (value !== undefined) for (const other of EXCLUDES[name] ?? []) changed.delete(other);
  return changed;
}

/** The address without any filter. */
export function withoutFilters(params: URLSearchParams): URLSearchParams {
  const cleared = new URLSearchParams(params);
  for (const name of FILTER_NAMES) cleared.delete(name);
  return cleared;
}

/** The filters of an address alone, as a query string: what is saved, and what a link to the list carries. */
export function filterQuery(params: URLSearchParams): string {
  const filters = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const value = params.get(name);
    if (value !== null) filters.set(name, value);
  }
  return `${filters}`;
}

/** The address with the filters of a query string in place of its own. */
export function withQuery(params: URLSearchParams, query: string): URLSearchParams {
  const changed = withoutFilters(params);
  const wanted = new URLSearchParams(query);
  for (const name of FILTER_NAMES) {
    const value = wanted.get(name);
    if (value !== null) changed.set(name, value);
  }
  return changed;
}

/** How many filters differ from what an address without filters shows. A time from and to counts as one, and so does a duration. */
export function countFilters(filter: RequestFilter): number {
  const differing = SERVER_NAMES.filter((name) => filter[name] !== standingOf(name));
  const doubled = [
    filter.from !== undefined && filter.to !== undefined,
    filter.minMs !== undefined && filter.maxMs !== undefined,
  ];
  return differing.length - doubled.filter(Boolean).length;
}

/** True for what the status field takes: `404`, or a class such as `4xx`. */
export function isStatusFilter(text: string): boolean {
  return text !== '' && listRequestsInput.shape.status.safeParse(text).success;
}

function standingOf(name: FilterName): 'hide' | undefined {
  return name === 'assets' || name === 'console' ? 'hide' : undefined;
}
