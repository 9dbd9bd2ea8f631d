import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OperationInput, OperationName, OperationOutput } from '../../../server/contract/operations.ts';
import { call } from './client.ts';
import { ProblemError } from './problem.ts';

/** The cache of everything read. What changes on the server is announced by events, so nothing is polled by default. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        // An answer is an answer; only silence is worth another try.
        retry: (count, error) => error instanceof ProblemError && error.isUnreachable && count < 3,
        retryDelay: 500,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

interface ReadOptions {
  readonly isEnabled?: boolean;
  readonly refetchMs?: number;
  /** Shows the last answer while the next one is on its way. */
  readonly keepsPrevious?: boolean;
}

/** Reads an operation through the cache; its key is `[name, input]`. */
export function useRead<Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
  options: ReadOptions = {},
) {
  return useQuery<OperationOutput<Name>>({
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, input, signal),
    enabled: options.isEnabled ?? true,
    refetchInterval: options.refetchMs ?? false,
    ...(options.keepsPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Changes something; afterwards the named operations are read again. */
export function useChange<Name extends OperationName>(name: Name, touches: readonly OperationName[] = []) {
  const client = useQueryClient();
  return useMutation<OperationOutput<Name>, Error, OperationInput<Name>>({
    mutationFn: (input) => call(name, input),
    onSuccess: () => Promise.all(touches.map((touched) => client.invalidateQueries({ queryKey: [touched] }))),
  });
}
