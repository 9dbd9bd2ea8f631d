import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useNow } from '../../shared/use-now.ts';
import {
  type FilterName,
  filterOf,
  filterQuery,
  lastOf,
  withFilter,
  withoutFilters,
  withQuery,
} from './request-filter.ts';

/** How often a stretch that ends now moves on. */
const MOVE_ON_MS = 60_000;

/** The filter lives in the address, so that a link shows the same list. It acts at once; the address follows. */
export function useFilter() {
  const [params, setParams] = useSearchParams();
  const [shown, setShown] = useState(params);
  const [known, setKnown] = useState(params);
  // The address may change by itself, as by the browser's back button.
  if (params !== known) {
    setKnown(params);
    if (`${params}` !== `${shown}`) setShown(params);
  }
  const latest = useRef({ shown, setParams });
  useEffect(() => {
    latest.current = { shown, setParams };
  }, [shown, setParams]);
  const show = useCallback((next: URLSearchParams) => {
    latest.current.shown = next;
    setShown(next);
    latest.current.setParams(next, { replace: true });
  }, []);
  const query = filterQuery(shown);
  const last = lastOf(shown);
  const now = useNow(MOVE_ON_MS);
  // A tab or a request in the address is no filter: the list is not read again for it, nor for time that does not count.
  const moment = last === null ? 0 : now;
  return {
    params: shown,
    query,
    last,
    filter: useMemo(() => filterOf(new URLSearchParams(query), moment), [query, moment]),
    // All stay the same functions, so that the filters are drawn only when one of them changes.
    change: useCallback(
      (name: FilterName, value: string | undefined) => show(withFilter(latest.current.shown, name, value)),
      [show],
    ),
    clear: useCallback(() => show(withoutFilters(latest.current.shown)), [show]),
    pick: useCallback((saved: string) => show(withQuery(latest.current.shown, saved)), [show]),
  };
}
