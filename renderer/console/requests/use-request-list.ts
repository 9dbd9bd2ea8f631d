import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RequestFilter, RequestList, RequestSummary } from '../../../server/contract/requests.ts';
import { call } from '../api/client.ts';
import { useServerEvent } from '../api/events.tsx';
import { type LoadedRows, PAGE_SIZE, pagesOf, rowAt, rowOf } from './list-window.ts';
import { liveRows, NO_LIVE_REQUESTS, receive, release, trim } from './live-requests.ts';
import { useSettledRange } from './use-settled-range.ts';

/** How long a page that is out of sight is kept. */
const PAGE_KEPT_MS = 10_000;
/** The list is read again at most that often. */
const RELOAD_MS = 500;

/** The list of requests as rows 0 to `count`, of which some are loaded. */
export interface RequestRows {
  readonly count: number;
  readonly at: (index: number) => RequestSummary | undefined;
  /** The row of a request, or -1. */
  readonly indexOf: (requestId: string) => number;
  /** Says which rows are in sight. */
  readonly setRange: (first: number, last: number) => void;
  /** How many new requests wait to be let in. */
  readonly waiting: number;
  readonly letIn: () => void;
  readonly kept: RequestList['kept'] | null;
  readonly isLoading: boolean;
  /** True while rows of the filter before are still shown. */
  readonly isRefreshing: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/**
 * Reads the list for a filter, page by page as they come into sight, and adds live requests on top.
 * While `isFollowing` is false, live requests wait and no row moves.
 */
export function useRequestList(filter: RequestFilter, isFollowing: boolean): RequestRows {
  const query = { ...filter, limit: PAGE_SIZE };
  const head = useQuery({
    queryKey: ['listRequests', { query }],
    queryFn: async ({ signal }) => ({ ...(await call('listRequests', { query }, signal)), filter }),
    placeholderData: keepPreviousData,
    // What live requests are added to must be new: it is never taken from the cache.
    staleTime: 0,
    gcTime: 0,
  });
  const { data, refetch } = head;
  const live = useLiveRequests(data, isFollowing, refetch);
  const { pages, total, setRange } = usePages(data, live.rows.length);
  const loaded = useMemo((): LoadedRows => ({ live: live.rows, pages }), [live.rows, pages]);
  return {
    count: live.rows.length + total,
    at: useCallback((index) => rowAt(loaded, index), [loaded]),
    indexOf: useCallback((requestId) => rowOf(loaded, requestId), [loaded]),
    setRange,
    waiting: live.waiting,
    letIn: live.letIn,
    kept: data?.kept ?? null,
    isLoading: head.isPending,
    isRefreshing: head.isPlaceholderData,
    error: data ? null : head.error,
    retry: () => void refetch(),
  };
}

type Head = RequestList & { readonly filter: RequestFilter };

function useLiveRequests(head: Head | undefined, isFollowing: boolean, reload: () => Promise<unknown>) {
  const [live, setLive] = useState(NO_LIVE_REQUESTS);
  const following = useRef(isFollowing);
  useEffect(() => {
    following.current = isFollowing;
    if (isFollowing) setLive(release);
  }, [isFollowing]);
  useServerEvent('requests', (requests) => setLive((now) => receive(now, requests, following.current)));
  // After a restart numbers begin anew: what came before has no place among them.
  useServerEvent('reset', () => setLive(NO_LIVE_REQUESTS));
  const [trimmedFor, setTrimmedFor] = useState(head);
  if (head !== trimmedFor) {
    setTrimmedFor(head);
    if (head) setLive(trim(live, head));
  }
  const { rows, waiting, isStale } = useMemo(
    () => (head ? liveRows(live, head, head.filter) : { rows: [], waiting: 0, isStale: false }),
    [live, head],
  );
  const mustReload = isStale && isFollowing;
  useEffect(() => {
    if (!mustReload) return;
    const timer = setTimeout(() => void reload(), RELOAD_MS);
    return () => clearTimeout(timer);
  }, [mustReload, reload]);
  const letIn = useCallback(() => {
    setLive(release);
    if (isStale) void reload();
  }, [isStale, reload]);
  return { rows, waiting, letIn };
}

/** The pages in sight, all within the newest request of the head, so that rows stay where they are. */
function usePages(head: Head | undefined, liveCount: number) {
  const [range, setRange] = useSettledRange();
  const wanted = pagesOf(range.first, range.last, liveCount, head?.total ?? 0).filter((page) => page > 0);
  const results = useQueries({
    queries: wanted.map((page) => {
      const query = { ...head?.filter, limit: PAGE_SIZE, offset: page * PAGE_SIZE, upTo: head?.newest ?? 0 };
      return {
        queryKey: ['listRequests', { query }],
        queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
          const { requests, total } = await call('listRequests', { query }, signal);
          return { page, requests, total };
        },
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: PAGE_KEPT_MS,
      };
    }),
    combine: useCallback(
      (all: readonly { readonly data?: LoadedPage | undefined; readonly dataUpdatedAt: number }[]) => ({
        pages: all.flatMap(({ data }) => (data ? [data] : [])),
        // The oldest requests are dropped as new ones come: the latest answer knows how many are left.
        total: all.toSorted((one, other) => other.dataUpdatedAt - one.dataUpdatedAt)[0]?.data?.total,
      }),
      [],
    ),
  });
  const pages = useMemo(
    () => new Map([[0, head?.requests ?? []], ...results.pages.map(({ page, requests }) => [page, requests] as const)]),
    [head, results.pages],
  );
  return { pages, total: results.total ?? head?.total ?? 0, setRange };
}

interface LoadedPage {
  readonly page: number;
  readonly requests: readonly RequestSummary[];
  readonly total: number;
}
