import { listRequestsInput, type RequestFilter } from '../../../server/contract/requests.ts';

/** The filters of the list, each with its name in the address. */
export const FILTER_NAMES = ['store', 'mode', 'area', 'status', 'method', 'text', 'assets', 'console'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** What an address without filters shows: shops' pages, without what they bring along and without the console itself. */
export const DEFAULT_FILTER: RequestFilter = { assets: 'hide', console: 'hide' };

/** In the address, `assets=show` and `console=show` take the default away. */
const SHOWN = 'show';

/** Reads the filter of an address; values that are none are passed over. */
export function filterOf(params: URLSearchParams): RequestFilter {
  const filter: Record<string, unknown> = {};
  for (const name of FILTER_NAMES) {
    const value = params.get(name) ?? DEFAULT_FILTER[name] ?? '';
    const parsed = listRequestsInput.shape[name].safeParse(value);
    if (parsed.success) {
      if (parsed.data !== undefined) filter[name] = parsed.data;
    } else if (value !== SHOWN && DEFAULT_FILTER[name]) {
      filter[name] = DEFAULT_FILTER[name];
    }
  }
  return filter as RequestFilter;
}

/**
 * The address with one filter changed; undefined takes it away. What is no filter stays as it is. Asking for the
 * console's area shows the console's requests.
 */
export function withFilter(params: URLSearchParams, name: FilterName, value: string | undefined): URLSearchParams {
  const isConsoleHidden = name === 'area' && value === 'admin' && filterOf(params).console === 'hide';
  const changed = isConsoleHidden ? withFilter(params, 'console', undefined) : new URLSearchParams(params);
  const standing = DEFAULT_FILTER[name];
  const wanted = value ?? (standing ? SHOWN : '');
  if (wanted === (standing ?? '')) changed.delete(name);
  else changed.set(name, wanted);
  return changed;
}

/** The address without any filter. */
export function withoutFilters(params: URLSearchParams): URLSearchParams {
  const cleared = new URLSearchParams(params);
  for (const name of FILTER_NAMES) cleared.delete(name);
  return cleared;
}

/** How many filters differ from what an address without filters shows. */
export function countFilters(filter: RequestFilter): number {
  return FILTER_NAMES.filter((name) => filter[name] !== DEFAULT_FILTER[name]).length;
}

/** True for what the status field takes: `404`, or a class such as `4xx`. */
export function isStatusFilter(text: string): boolean {
  return text !== '' && listRequestsInput.shape.status.safeParse(text).success;
}
