import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import type { ResendInput } from '../../../../server/contract/inspect.ts';
import { notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { ProblemError } from '../../api/problem.ts';
import { compareAddress } from '../compare/compare-address.ts';

export interface Resending {
  readonly requestId: string;
  readonly changes: ResendInput;
}

/** Sends a request again and shows it beside the one it repeats. `tells`: failures are said in a notification. */
export function useResend({ tells }: { readonly tells: boolean }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { search } = useLocation();
  return useMutation({
    mutationFn: ({ requestId, changes }: Resending) =>
      call('resendRequest', { params: { id: requestId }, body: changes }),
    onSuccess: ({ requestId, comparison }, { requestId: original }) => {
      client.setQueryData(['compareRequests', { params: { id: original, other: requestId } }], comparison);
      void navigate(compareAddress(original, requestId, search));
    },
    onError: (error) => {
      if (tells) notifyFailed('The request was not sent', withFaults(error));
    },
  });
}

function withFaults(error: Error): Error {
  if (!(error instanceof ProblemError) || error.faults.length === 0) return error;
  const faults = error.faults.map(({ field, message }) => `${field}: ${message}`);
  return new Error([error.message, ...faults].join(' '));
}
