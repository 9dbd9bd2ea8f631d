/** What the table browser shows, as the address of the screen says it. */
import type { TablePageInput } from '../../../../server/contract/backends.ts';

export const PAGE_SIZES = [50, 100, 200] as const;

export interface TableView {
  readonly offset: number;
  readonly limit: number;
  /** A column's name; null is the table's own order. */
  readonly sort: string | null;
  readonly isDescending: boolean;
}

/** Reads the address; what makes no sense there is left out. */
export function readView(params: URLSearchParams): TableView {
  const offset = Number(params.get('offset'));
  const limit = Number(params.get('limit'));
  return {
    offset: Number.isInteger(offset) && offset > 0 ? offset : 0,
    limit: PAGE_SIZES.find((size) => size === limit) ?? PAGE_SIZES[0],
    sort: params.get('sort') || null,
    isDescending: params.get('direction') === 'desc',
  };
}

/** The address of a view; what is usual is not written. */
export function writeView({ offset, limit, sort, isDescending }: TableView): Record<string, string> {
  return {
    ...(offset > 0 ? { offset: String(offset) } : {}),
    ...(limit === PAGE_SIZES[0] ? {} : { limit: String(limit) }),
    ...(sort === null ? {} : { sort }),
    ...(isDescending ? { direction: 'desc' } : {}),
  };
}

/** What the server is asked for a view. */
export function queryOf({ offset, limit, sort, isDescending }: TableView): TablePageInput {
  return { offset, limit, ...(sort === null ? {} : { sort }), direction: isDescending ? 'desc' : 'asc' };
}

/** The view after a column's heading was pressed: ascending, descending, then the table's own order again. */
export function sortBy(view: TableView, column: string): TableView {
  const start = { ...view, offset: 0 };
  if (view.sort !== column) return { ...start, sort: column, isDescending: false };
  return view.isDescending ? { ...start, sort: null, isDescending: false } : { ...start, isDescending: true };
}

/** `51–100 of 1234`: which rows are shown. */
export function rangeOf(offset: number, shown: number, total: number): string {
  return shown === 0 ? `0 of ${total}` : `${offset + 1}–${offset + shown} of ${total}`;
}

/** The beginning of the last page. */
export function lastOffset(total: number, limit: number): number {
  return Math.max(0, Math.floor((total - 1) / limit) * limit);
}
