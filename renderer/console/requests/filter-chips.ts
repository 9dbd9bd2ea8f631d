/** The filters in force in words, each with what takes it away. */
import type { RequestFilter, RequestFlag } from '../../../server/contract/requests.ts';
import { areaLabel, formatMoment, formatMs, modeLabel } from '../../shared/format.ts';
import { type FilterName, type Last, lastOf } from './request-filter.ts';
import { FLAG_WORDS, ORIGIN_WORDS, roleLabel } from './request-words.ts';

export interface FilterChip {
  /** The filters that it stands for. */
  readonly names: readonly FilterName[];
  readonly label: string;
  /** What removing it sets each of them to; undefined takes them away. */
  readonly removed: string | undefined;
}

export const LAST_WORDS: Readonly<Record<Last, string>> = {
  '5m': 'last 5 min',
  '1h': 'last hour',
  today: 'today',
};

/** One chip a filter that is set by the reader; `storeName` gives a store's name by its code. */
export function filterChips(
  filter: RequestFilter,
  params: URLSearchParams,
  storeName: (code: string) => string,
): readonly FilterChip[] {
  const { store, status, mode, area, method, role, flag, origin, text } = filter;
  const chips: (FilterChip | null)[] = [
    store === undefined ? null : chip('store', store === '-' ? 'no store' : storeName(store)),
    status === undefined ? null : chip('status', `status ${status}`),
    flag === undefined ? null : chip('flag', FLAG_WORDS[flag as RequestFlag].label),
    mode === undefined ? null : chip('mode', `by ${modeLabel(mode)}`),
    area === undefined ? null : chip('area', areaLabel(area)),
    method === undefined ? null : chip('method', method.toUpperCase()),
    role === undefined ? null : chip('role', `as ${roleLabel(role)}`),
    durationChip(filter),
    timeChip(filter, params),
    origin === undefined ? null : chip('origin', ORIGIN_WORDS[origin]),
    text === undefined ? null : chip('text', `“${text}”`),
    standingChip('assets', filter.assets, 'files and pictures'),
    standingChip('console', filter.console, 'console’s requests'),
  ];
  return chips.filter((one) => one !== null);
}

/** `over 100 ms`, `under 1.0 s`, `100 ms to 1.0 s`. */
export function durationWords(minMs: number | undefined, maxMs: number | undefined): string {
  if (minMs === undefined) return `under ${formatMs(maxMs ?? 0)}`;
  return maxMs === undefined ? `over ${formatMs(minMs)}` : `${formatMs(minMs)} to ${formatMs(maxMs)}`;
}

function chip(name: FilterName, label: string): FilterChip {
  return { names: [name], label, removed: undefined };
}

function durationChip({ minMs, maxMs }: RequestFilter): FilterChip | null {
  if (minMs === undefined && maxMs === undefined) return null;
  return { names: ['minMs', 'maxMs'], label: durationWords(minMs, maxMs), removed: undefined };
}

function timeChip({ from, to }: RequestFilter, params: URLSearchParams): FilterChip | null {
  const last = lastOf(params);
  if (last) return chip('last', LAST_WORDS[last]);
  if (from === undefined && to === undefined) return null;
  const words = [
    from === undefined ? '' : `from ${formatMoment(from)}`,
    to === undefined ? '' : `to ${formatMoment(to)}`,
  ];
  return { names: ['from', 'to'], label: words.filter(Boolean).join(' '), removed: undefined };
}

/** What is hidden unless asked for: shown as well, or shown alone. */
function standingChip(name: 'assets' | 'console', value: string | undefined, what: string): FilterChip | null {
  if (value === 'hide') return null;
  return { names: [name], label: value === 'only' ? `only ${what}` : `with ${what}`, removed: 'hide' };
}
