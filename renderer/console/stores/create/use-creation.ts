import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { CreateStoreInput, ListedStore, StepReport } from '../../../../server/contract/stores.ts';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { useServerEvent } from '../../api/events.tsx';
import { ProblemError } from '../../api/problem.ts';
import { clearDraft } from './draft-storage.ts';

export type Creation =
  | { readonly phase: 'form'; readonly isChecking: boolean; readonly error: Error | null }
  | { readonly phase: 'running'; readonly name: string; readonly code: string; readonly steps: readonly StepReport[] }
  | { readonly phase: 'done'; readonly store: ListedStore; readonly steps: readonly StepReport[] };

interface CreationOptions {
  /** Whether somebody looks at it: else its end is announced. */
  readonly isShown: boolean;
  /** The store is there: the form may forget what was typed. */
  readonly onDone: () => void;
}

const FORM: Creation = { phase: 'form', isChecking: false, error: null };

/** Making a store, from pressing the button to its end; it goes on when nobody looks any more. */
export function useCreation({ isShown, onDone }: CreationOptions) {
  const [creation, setCreation] = useState<Creation>(FORM);
  const client = useQueryClient();
  const navigate = useNavigate();
  const shown = useRef(isShown);
  /** The code of an attempt whose answer never came: the store may exist. */
  const lost = useRef<string | null>(null);
  useEffect(() => {
    shown.current = isShown;
    return () => {
      shown.current = false;
    };
  }, [isShown]);
  useServerEvent('provisioning', ({ code, ...report }) =>
    setCreation((now) =>
      now.phase === 'running' && now.code === code ? { ...now, steps: [...now.steps, report] } : now,
    ),
  );
  const finish = (store: ListedStore, steps: readonly StepReport[]) => {
    lost.current = null;
    clearDraft(sessionStorage);
    onDone();
    setCreation(shown.current ? { phase: 'done', store, steps } : FORM);
    for (const key of ['listStores', 'overview']) void client.invalidateQueries({ queryKey: [key] });
    if (!shown.current)
      notifyDone(`${store.name} is ready.`, { label: 'Show', run: () => void navigate(`/stores/${store.code}`) });
  };
  const run = async (input: CreateStoreInput): Promise<ProblemError | null> => {
    const code = input.code ?? '';
    try {
      setCreation({ phase: 'form', isChecking: true, error: null });
      await refuseFaults(input);
      setCreation({ phase: 'running', name: input.name, code, steps: [] });
      const { steps, ...store } = await call('createStore', { body: input });
      finish(store, steps);
      return null;
    } catch (error) {
      const made = lost.current === code && isTaken(error) ? await madeBefore(code, input.name) : null;
      if (made) {
        finish(made, []);
        return null;
      }
      if (error instanceof ProblemError && error.isUnreachable) lost.current = code;
      setCreation({ phase: 'form', isChecking: false, error: error as Error });
      if (!shown.current) notifyFailed(`${input.name} could not be created`, error as Error);
      return error instanceof ProblemError ? error : null;
    }
  };
  return { creation, run, reset: () => setCreation(FORM) };
}

/** Finds what would be refused before anything is begun, so that the form stays where it is. */
async function refuseFaults({ logo: _logo, catalogue: _catalogue, ...input }: CreateStoreInput): Promise<void> {
  const { faults } = await call('checkStore', { body: input });
  if (faults.length === 0) return;
  throw new ProblemError({
    type: 'urn:orion:problem:invalid_input',
    title: 'Refused',
    status: 422,
    code: 'invalid_input',
    detail: 'The store cannot be made yet.',
    instance: '',
    requestId: '',
    errors: faults,
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof ProblemError && error.faults.some(({ field }) => field === 'code');
}

/** The store of an attempt whose answer was lost, if it was made. */
async function madeBefore(code: string, name: string): Promise<ListedStore | null> {
  const answer = await call('listStores', {}).catch(() => null);
  const found = answer?.stores.find((store) => store.code === code && store.name === name.trim());
  return found ?? null;
}
