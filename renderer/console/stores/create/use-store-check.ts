import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckedStore, CheckStoreInput } from '../../../../server/contract/stores.ts';
import { call } from '../../api/client.ts';

const PAUSE_MS = 150;

export interface StoreCheck {
  /** The latest answer; undefined before the first. */
  readonly answer: CheckedStore | undefined;
  /** What the answer is about. */
  readonly about: CheckStoreInput;
  /** `checking` also while the answer is about something older than what is typed. */
  readonly state: 'checking' | 'checked' | 'unreachable';
}

/** Asks the server about what is typed, after a short pause; only the answer about the latest input counts. */
export function useStoreCheck(typed: CheckStoreInput, isEnabled: boolean): StoreCheck {
  const wanted = JSON.stringify(typed);
  const [settled] = useDebouncedValue(wanted, PAUSE_MS);
  const { data, error, isFetching } = useQuery({
    queryKey: ['checkStore', settled],
    queryFn: async ({ signal }) => {
      const about = JSON.parse(settled) as CheckStoreInput;
      return { about, answer: await call('checkStore', { body: about }, signal) };
    },
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    // A name may be taken a moment later.
    staleTime: 0,
    gcTime: 0,
  });
  const isSettled = settled === wanted && !isFetching;
  return {
    answer: data?.answer,
    about: data?.about ?? {},
    state: !isSettled ? 'checking' : error ? 'unreachable' : 'checked',
  };
}
