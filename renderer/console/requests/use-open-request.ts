import { useCallback, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { compareAddress, requestAddress } from './compare/compare-address.ts';

/** The open request lives in the address as well, and so does the one beside it. */
export function useOpenRequest() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { requestId } = useParams();
  const [marked, setMarked] = useState<string | null>(null);
  const search = params.size > 0 ? `?${params}` : '';
  return {
    /** The other request of a comparison, or null. */
    compared: params.get('compare'),
    /** The request that waits for another to be compared with, or null. */
    marked,
    mark: setMarked,
    open: useCallback(
      (requestId: string, replace: boolean) => {
        if (marked !== null && marked !== requestId) {
          setMarked(null);
          void navigate(compareAddress(marked, requestId, search));
        } else {
          void navigate(requestAddress(requestId, search), { replace });
        }
      },
      [navigate, search, marked],
    ),
    /** A comparison gives way to its first request, a request to the list. */
    close: useCallback(() => {
      const isComparing = new URLSearchParams(search).has('compare');
      void navigate(isComparing && requestId ? requestAddress(requestId, search) : { pathname: '/requests', search });
    }, [navigate, search, requestId]),
  };
}
