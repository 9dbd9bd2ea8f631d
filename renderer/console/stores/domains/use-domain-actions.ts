import { useQueryClient } from '@tanstack/react-query';
import type { DomainGuide, StoreDomain } from '../../../../server/contract/domains.ts';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { useChange } from '../../api/queries.ts';

type Method = 'dns' | 'file' | 'administrator';

/** Everything that can be done to a domain a store has. */
export interface DomainActions {
  readonly verify: (method: Method) => void;
  /** The way of proving that is being tried; null while none is. */
  readonly verifying: Method | null;
  readonly verifyError: Error | null;
  readonly makePrimary: () => void;
  readonly setActive: (isActive: boolean) => void;
  readonly isChanging: boolean;
  /** Removes it, with a way back while it was not proven yet. */
  readonly remove: () => void;
  readonly isRemoving: boolean;
}

const TOUCHED = ['storeDomains', 'getStore', 'listStores', 'hosts', 'rehearsalDns', 'probeNames'] as const;

/** What can be done to one domain; `onRemoved` is called when it is gone. */
export function useDomainActions(code: string, domain: StoreDomain, onRemoved: () => void): DomainActions {
  const client = useQueryClient();
  const params = { code, domain: domain.domain };
  const verifying = useChange('verifyDomain', TOUCHED);
  const changing = useChange('changeDomain', [...TOUCHED, 'domainGuide']);
  const removing = useChange('removeDomain', TOUCHED);
  const keep = (guide: DomainGuide) => client.setQueryData(['domainGuide', { params }], guide);
  const failed = (error: Error) => notifyFailed('Not changed', error);
  const addAgain = () =>
    call('addDomain', { params: { code }, body: { domain: domain.domain } }).then(
      () => client.invalidateQueries({ queryKey: ['storeDomains'] }),
      failed,
    );
  return {
    verify: (method) =>
      verifying.mutate(
        { params, body: { method } },
        {
          onSuccess: (guide) => {
            keep(guide);
            if (guide.domain.isVerified && !domain.isVerified) notifyDone(`${domain.displayName} is verified.`);
          },
        },
      ),
    verifying: verifying.isPending ? (verifying.variables.body.method ?? 'dns') : null,
    verifyError: verifying.error,
    makePrimary: () =>
      changing.mutate(
        { params, body: { isPrimary: true } },
        { onSuccess: () => notifyDone(`${domain.displayName} is the primary domain.`), onError: failed },
      ),
    setActive: (isActive) => changing.mutate({ params, body: { isActive } }, { onError: failed }),
    isChanging: changing.isPending,
    remove: () =>
      removing.mutate(
        { params },
        {
          onSuccess: () => {
            client.removeQueries({ queryKey: ['domainGuide', { params }] });
            onRemoved();
            const undo = { label: 'Undo', run: () => void addAgain() };
            notifyDone(`${domain.displayName} is removed.`, domain.isVerified ? undefined : undo);
          },
          onError: failed,
        },
      ),
    isRemoving: removing.isPending,
  };
}
