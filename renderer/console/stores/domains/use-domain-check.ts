import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OperationOutput } from '../../../../server/contract/operations.ts';
import { call } from '../../api/client.ts';

const PAUSE_MS = 200;

export interface DomainTyped {
  /** About exactly what is typed; null while that is not known. */
  readonly answer: OperationOutput<'checkDomain'> | null;
  readonly state: 'empty' | 'checking' | 'checked' | 'unreachable';
}

/** Asks the server about a domain while it is typed, after a short pause. */
export function useDomainCheck(code: string, typed: string): DomainTyped {
  const wanted = typed.trim();
  const [settled] = useDebouncedValue(wanted, PAUSE_MS);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['checkDomain', code, settled],
    queryFn: ({ signal }) => call('checkDomain', { params: { code }, body: { domain: settled } }, signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    // A name may be taken a moment later.
    staleTime: 0,
    gcTime: 0,
  });
  if (wanted === '') return { answer: null, state: 'empty' };
  if (settled !== wanted || isFetching || isPlaceholderData) return { answer: null, state: 'checking' };
  return { answer: data ?? null, state: error ? 'unreachable' : 'checked' };
}
