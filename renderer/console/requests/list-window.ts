import type { RequestSummary } from '../../../server/contract/requests.ts';

/** How many requests are read at a time. */
export const PAGE_SIZE = 200;

/** The rows of the list that can be had without asking: live ones, then the pages that are loaded. */
export interface LoadedRows {
  /** Newest first. */
  readonly live: readonly RequestSummary[];
  /** Pages by number; those that are not there were not loaded, or were let go. */
  readonly pages: ReadonlyMap<number, readonly RequestSummary[]>;
}

/** The pages that rows `first` to `last` lie on; none for rows that are live or beyond `total` listed ones. */
export function pagesOf(first: number, last: number, liveCount: number, total: number): readonly number[] {
  const from = Math.max(0, first - liveCount);
  const to = Math.min(last - liveCount, total - 1);
  const pages: number[] = [];
  for (let page = Math.floor(from / PAGE_SIZE); page * PAGE_SIZE <= to; page += 1) pages.push(page);
  return pages;
}

/** The request in a row, or undefined while its page is not loaded. */
export function rowAt({ live, pages }: LoadedRows, index: number): RequestSummary | undefined {
  if (index < live.length) return live[index];
  const listed = index - live.length;
  return pages.get(Math.floor(listed / PAGE_SIZE))?.[listed % PAGE_SIZE];
}

/** The row a request stands in, or -1 when it is not among the loaded ones. */
export function rowOf({ live, pages }: LoadedRows, requestId: string): number {
  const isIt = (request: RequestSummary) => request.requestId === requestId;
  const among = live.findIndex(isIt);
  if (among !== -1) return among;
  for (const [page, requests] of pages) {
    const index = requests.findIndex(isIt);
    if (index !== -1) return live.length + page * PAGE_SIZE + index;
  }
  return -1;
}
