import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CertificatesState, ChangedTrust } from '../../../../server/contract/certificates.ts';
import type { Elevation } from '../../../../server/contract/elevation.ts';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { messageOf } from '../../api/problem.ts';

export interface TrustChanges {
  /** What is left to do with administrator rights. */
  readonly elevation: Elevation | null;
  /** What each list said, when one of them refused. */
  readonly refusals: readonly string[];
  /** Of a list's id, `all`, `untrust` or `renew`; null while nothing runs. */
  readonly busy: string | null;
  readonly trust: (id: string | null) => Promise<void>;
  /** In one list, or in all of them. */
  readonly untrust: (id: string | null) => Promise<void>;
  readonly renew: () => Promise<void>;
  /** Looks again after somebody ran the command; what is still missing, or null. */
  readonly check: () => Promise<string | null>;
}

/** Gives and takes trust in the local authority, and keeps what is left to do. */
export function useTrustChanges(state: CertificatesState): TrustChanges {
  const client = useQueryClient();
  const [elevation, setElevation] = useState<Elevation | null>(null);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState<string | null>(null);
  const run = async (name: string, work: () => Promise<ChangedTrust>, done: string) => {
    setBusy(name);
    setRefusals([]);
    try {
      const answer = await work();
      client.setQueryData(['certificates', {}], answer.state);
      setElevation(answer.elevation);
      const refused = answer.elevation ? [] : answer.results.filter(({ isDone }) => !isDone);
      setRefusals(refused.map(({ message }) => message));
      if (!answer.elevation && refused.length === 0) notifyDone(done);
    } catch (error) {
      notifyFailed('Not changed', error instanceof Error ? error : new Error(messageOf(error)));
    } finally {
      setBusy(null);
    }
  };
  return {
    elevation,
    refusals,
    busy,
    trust: (id) =>
      run(
        id ?? 'all',
        () => call('trustAuthority', { body: id === null ? {} : { stores: [id] } }),
        'The local authority is trusted.',
      ),
    untrust: (id) =>
      run(
        id ?? 'untrust',
        () => call('untrustAuthority', { query: id === null ? {} : { stores: id } }),
        'The trust is taken away.',
      ),
    renew: () => run('renew', () => call('renewCertificates', {}), 'There is a new authority.'),
    check: async () => {
      const next = await client.fetchQuery<CertificatesState>({
        queryKey: ['certificates', {}],
        queryFn: () => call('certificates', {}),
        staleTime: 0,
      });
      const statesOf = ({ trust }: CertificatesState) => trust.map((one) => one.state).join();
      if (statesOf(next) === statesOf(state)) return 'Nothing is different yet: the command has not run.';
      setElevation(null);
      return null;
    },
  };
}
