import { useQueryClient } from '@tanstack/react-query';
import type { OperationInput } from '../../../../server/contract/operations.ts';
import { notifyFailed } from '../../../shared/notify.tsx';
import { useChange } from '../../api/queries.ts';

type Rehearsing = 'changeRehearsal' | 'playScenario' | 'addRehearsalRecord' | 'removeRehearsalRecord';

/** Changes the rehearsal DNS; its answer is what is shown from then on. */
export function useRehearsal<Name extends Rehearsing>(name: Name) {
  const client = useQueryClient();
  const changing = useChange(name);
  return {
    isBusy: changing.isPending,
    change: (input: OperationInput<Name>, then?: () => void) =>
      changing.mutate(input, {
        onSuccess: (state) => {
          client.setQueryData(['rehearsalDns', {}], state);
          void client.invalidateQueries({ queryKey: ['storeDomains'] });
          void client.invalidateQueries({ queryKey: ['domainGuide'] });
          then?.();
        },
        onError: (error) => notifyFailed('Not changed', error),
      }),
  };
}
