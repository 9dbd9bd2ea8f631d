import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { InspectorSettings } from '../../../../server/contract/inspect.ts';
import { notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { ProblemError } from '../../api/problem.ts';
import { useRead } from '../../api/queries.ts';

export type SettingName = keyof InspectorSettings;

/** How requests are recorded, and the function that changes one of the settings at once. */
export function useInspector() {
  const client = useQueryClient();
  const { data, error, refetch } = useRead('inspector', {});
  const [busy, setBusy] = useState<SettingName | null>(null);
  const [faults, setFaults] = useState<Readonly<Partial<Record<SettingName, string>>>>({});
  const change = async <Name extends SettingName>(name: Name, value: InspectorSettings[Name]) => {
    setBusy(name);
    try {
      const state = await call('changeInspector', { body: { [name]: value } });
      client.setQueryData(['inspector', {}], state);
      setFaults((now) => ({ ...now, [name]: undefined }));
    } catch (fault) {
      const own = fault instanceof ProblemError ? fault.faults.find(({ field }) => field === name) : undefined;
      if (own) setFaults((now) => ({ ...now, [name]: own.message }));
      else notifyFailed('The setting was not changed', fault as Error);
    } finally {
      setBusy(null);
    }
  };
  return { state: data, error, retry: () => void refetch(), busy, faults, change };
}
