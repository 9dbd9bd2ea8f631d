import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostsActionInput, HostsApplied, HostsPlan, HostsState } from '../../../../server/contract/names.ts';
import { call } from '../../api/client.ts';
import { messageOf, ProblemError } from '../../api/problem.ts';

/** What became of the last attempt to change the file. */
export type Outcome =
  | { readonly kind: 'applied'; readonly action: HostsActionInput['action']; readonly answer: HostsApplied }
  /** Another program wrote the file after the plan was made; a new plan is shown. */
  | { readonly kind: 'changed'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

export interface ApplyHosts {
  readonly outcome: Outcome | null;
  readonly isBusy: boolean;
  /** Does what the plan says; true when the file is written. */
  readonly apply: (plan: HostsPlan, backup?: string) => Promise<boolean>;
  /** Reads the file again after somebody ran the command; what is still missing, or null. */
  readonly check: () => Promise<string | null>;
  readonly putAway: () => void;
}

/** Changes the hosts file by a plan, and keeps how that went. */
export function useApplyHosts(): ApplyHosts {
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  const readAgain = () =>
    Promise.all(['hosts', 'planHosts', 'probeNames'].map((name) => client.invalidateQueries({ queryKey: [name] })));
  const apply = async ({ action, expected }: HostsPlan, backup?: string) => {
    setBusy(true);
    try {
      const body = { action, expected, ...(backup === undefined ? {} : { backup }) };
      const answer = await call('applyHosts', { body });
      client.setQueryData(['hosts', {}], answer.state);
      setOutcome({ kind: 'applied', action, answer });
      await readAgain();
      return answer.isDone;
    } catch (error) {
      const isConflict = error instanceof ProblemError && error.code === 'hosts_changed';
      await readAgain();
      setOutcome({ kind: isConflict ? 'changed' : 'refused', message: messageOf(error) });
      return false;
    } finally {
      setBusy(false);
    }
  };
  const check = async () => {
    if (outcome?.kind !== 'applied') return null;
    const state = await client.fetchQuery<HostsState>({
      queryKey: ['hosts', {}],
      queryFn: () => call('hosts', {}),
      staleTime: 0,
    });
    await readAgain();
    if (state.hash === outcome.answer.state.hash) return `${state.path} is as it was: the command has not run yet.`;
    const names = [...new Set(state.wanted.map(({ name }) => name))].slice(0, 20);
    const { probes } = await call('probeNames', { body: { names } });
    const answer = { ...outcome.answer, isDone: true, elevation: null, state, probes };
    setOutcome({ ...outcome, answer });
    return null;
  };
  return { outcome, isBusy, apply, check, putAway: () => setOutcome(null) };
}
