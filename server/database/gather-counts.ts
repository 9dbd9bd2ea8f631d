import type { RequestCount, RequestCounter } from './request-counter.ts';

/** Adds a number of requests at once; returns the count with all of them. */
export type AddMany = (key: string, requests: number) => Promise<RequestCount>;

/** What is asked for a store while its count is on its way. */
interface Batch {
  requests: number;
  readonly counted: Promise<RequestCount>;
}

/**
 * Counts with one statement at a time for each store: requests that come meanwhile are counted together by the next one. A
 * store that is asked a lot so never holds more than one connection for counting.
 */
export function gatherCounts(addMany: AddMany): RequestCounter['add'] {
  const underWay = new Map<string, Promise<unknown>>();
  const next = new Map<string, Batch>();

  function begin(key: string): Batch {
    const before = underWay.get(key) ?? Promise.resolve();
    const counted = before.then(() => {
      next.delete(key);
      return addMany(key, batch.requests);
    });
    const batch: Batch = { requests: 0, counted };
    const ended = counted.then(
      () => undefined,
      () => undefined,
    );
    underWay.set(key, ended);
    void ended.then(() => {
      if (underWay.get(key) === ended) underWay.delete(key);
    });
    next.set(key, batch);
    return batch;
  }

  return async (key) => {
    const batch = next.get(key) ?? begin(key);
    batch.requests += 1;
    const place = batch.requests;
    const { used, resetMs } = await batch.counted;
    // The requests of one batch are counted one after the other, in the order they came.
    return { used: used - batch.requests + place, resetMs };
  };
}
