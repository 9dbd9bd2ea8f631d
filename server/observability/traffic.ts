import { LRUCache } from 'lru-cache';
import type { RequestSummary } from '../contract/requests.ts';
import { type StoreTraffic, TRAFFIC_SLOT_SECONDS, TRAFFIC_SLOTS } from '../contract/stores.ts';
import type { RequestTrace } from './trace.ts';

/** Stores that are counted at the same time; the one that was quiet for longest goes first. */
const MAX_STORES = 2000;
const SLOT_MS = TRAFFIC_SLOT_SECONDS * 1000;
const SLOTS_A_MINUTE = 60 / TRAFFIC_SLOT_SECONDS;
const NO_STORE = 0;

/** Counts of the last two minutes, one a slot; a slot's place is its number's remainder. */
interface Counts {
  readonly requests: Uint32Array;
  readonly errors: Uint32Array;
  /** Number of the newest slot since 1970. */
  slot: number;
  lastRequestAt: number;
  lastError: RequestSummary | null;
}

/** What one store was asked lately; `storeId` is null for requests that reached none. */
export interface CountedTraffic extends Omit<StoreTraffic, 'code'> {
  readonly storeId: number | null;
}

/** Counts finished requests a store, for two minutes; it costs the same whatever there is to count. */
export class Traffic {
  readonly #counts = new LRUCache<number, Counts>({ max: MAX_STORES });
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Takes a finished request. The console's own are left out, and so are health checks, which no routing rule sees.
   * @param summary what lists show of it, or null when it is not kept
   */
  count(trace: RequestTrace, summary: RequestSummary | null): void {
    if (trace.outcome === 'admin' || trace.outcome === null || trace.origin === 'probe') return;
    const counts = this.#of(trace.store?.id ?? NO_STORE);
    const now = this.#now();
    moveTo(counts, slotOf(now));
    const place = counts.slot % TRAFFIC_SLOTS;
    counts.requests[place] = (counts.requests[place] ?? 0) + 1;
    counts.lastRequestAt = now;
    if ((trace.status ?? 0) < 500) return;
    counts.errors[place] = (counts.errors[place] ?? 0) + 1;
    counts.lastError = summary;
  }

  /** The busiest first. @param isKept whether a request is still in the list of requests */
  list(isKept: (summary: RequestSummary) => boolean): CountedTraffic[] {
    const slot = slotOf(this.#now());
    const all = [...this.#counts.entries()].map(([id, counts]): CountedTraffic => {
      moveTo(counts, slot);
      const series = inOrder(counts.requests, counts.slot);
      const error = counts.lastError;
      return {
        storeId: id === NO_STORE ? null : id,
        requestsPerMinute: sum(series.slice(-SLOTS_A_MINUTE)),
        errorsPerMinute: sum(inOrder(counts.errors, counts.slot).slice(-SLOTS_A_MINUTE)),
        series,
        lastRequestAt: counts.lastRequestAt,
        lastError: error && isKept(error) ? describeError(error) : null,
      };
    });
    return all.sort(
      (a, b) => b.requestsPerMinute - a.requestsPerMinute || (b.lastRequestAt ?? 0) - (a.lastRequestAt ?? 0),
    );
  }

  #of(key: number): Counts {
    const known = this.#counts.get(key);
    if (known) return known;
    const counts: Counts = {
      requests: new Uint32Array(TRAFFIC_SLOTS),
      errors: new Uint32Array(TRAFFIC_SLOTS),
      slot: slotOf(this.#now()),
      lastRequestAt: 0,
      lastError: null,
    };
    this.#counts.set(key, counts);
    return counts;
  }
}

function slotOf(time: number): number {
  return Math.floor(time / SLOT_MS);
}

/** Empties the slots that passed since the newest one. A clock that was set back goes on in the slot it was in. */
function moveTo(counts: Counts, slot: number): void {
  const from = Math.max(counts.slot + 1, slot - TRAFFIC_SLOTS + 1);
  for (let passed = from; passed <= slot; passed += 1) {
    counts.requests[passed % TRAFFIC_SLOTS] = 0;
    counts.errors[passed % TRAFFIC_SLOTS] = 0;
  }
  counts.slot = Math.max(counts.slot, slot);
}

/** Oldest first, the slot that is still running last. */
function inOrder(ring: Uint32Array, slot: number): number[] {
  return Array.from({ length: TRAFFIC_SLOTS }, (_, index) => ring[(slot + 1 + index) % TRAFFIC_SLOTS] ?? 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function describeError({ requestId, startedAt, method, path, status }: RequestSummary): StoreTraffic['lastError'] {
  return { requestId, startedAt, method, path, status };
}
