/**
 * Requests that arrive while the list is open. They are kept as they came, unfiltered, so that changing the filter
 * loses none; which of them are rows follows from the page that was loaded last ("head") and the filter.
 */
import {
  matcherOf,
  type RequestFilter,
  type RequestList,
  type RequestSummary,
} from '../../../server/contract/requests.ts';

export interface LiveRequests {
  /** In the order they came, oldest first. */
  readonly arrived: readonly RequestSummary[];
  /** How many of the first `arrived` are rows; the others wait for the reader. */
  readonly shown: number;
  /** How many came that were not kept: only reading the list again shows them. */
  readonly dropped: number;
}

export const NO_LIVE_REQUESTS: LiveRequests = { arrived: [], shown: 0, dropped: 0 };

/** More than this are not kept: the list is read again instead. */
const MAX_ARRIVED = 2000;
/** From here on the list is read again while it follows, so that the kept ones stay few. */
const MAX_SHOWN = 1000;

type Head = Pick<RequestList, 'newest'>;

/** Takes requests that just ended; while the list follows they become rows at once. */
export function receive(live: LiveRequests, incoming: readonly RequestSummary[], isFollowing: boolean): LiveRequests {
  const last = live.arrived.at(-1)?.sequence ?? 0;
  const fresh = incoming.filter(({ sequence }) => sequence > last);
  const room = Math.max(0, MAX_ARRIVED - live.arrived.length);
  const arrived = [...live.arrived, ...fresh.slice(0, room)];
  const dropped = live.dropped + Math.max(0, fresh.length - room);
  return { arrived, shown: isFollowing ? arrived.length : live.shown, dropped };
}

/** Makes rows of everything that waits. */
export function release(live: LiveRequests): LiveRequests {
  return { ...live, shown: live.arrived.length };
}

/** Forgets what the newly loaded head has by itself. */
export function trim(live: LiveRequests, head: Head): LiveRequests {
  const isNewer = ({ sequence }: RequestSummary) => sequence > head.newest;
  return {
    arrived: live.arrived.filter(isNewer),
    shown: live.arrived.slice(0, live.shown).filter(isNewer).length,
    dropped: 0,
  };
}

export interface LiveRows {
  /** Newest first, to be put before the head. */
  readonly rows: readonly RequestSummary[];
  /** How many more match and wait. Those that were not kept are counted as if they matched. */
  readonly waiting: number;
  /** True when only reading the list again shows everything. */
  readonly isStale: boolean;
}

/** The rows that stand before the head, by the filter it was loaded with. */
export function liveRows(live: LiveRequests, head: Head, filter: RequestFilter): LiveRows {
  const matches = matcherOf(filter);
  const wanted = live.arrived.map((request) => request.sequence > head.newest && matches(request));
  const rows = live.arrived.filter((_request, index) => index < live.shown && wanted[index]);
  return {
    rows: rows.reverse(),
    waiting: wanted.slice(live.shown).filter(Boolean).length + live.dropped,
    isStale: live.dropped > 0 || live.shown > MAX_SHOWN,
  };
}
