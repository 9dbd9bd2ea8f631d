import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { HostsSettings, HostsState } from '../../../../server/contract/names.ts';
import { notifyFailed } from '../../../shared/notify.tsx';
import { Panel } from '../../../shared/panel.tsx';
import { SettingRow } from '../../../shared/setting-row.tsx';
import { useChange } from '../../api/queries.ts';

const ROWS: readonly { readonly key: keyof HostsSettings; readonly label: string; readonly text: string }[] = [
  {
    key: 'keepInStep',
    label: 'Keep in step',
    text: 'The block follows every store and domain that is made, renamed, closed or deleted.',
  },
  { key: 'ipv6', label: 'IPv6 as well', text: 'Every name also leads to ::1.' },
  {
    key: 'removeOnStop',
    label: 'Remove when the server stops',
    text: 'The names are taken out again, so that they lead nowhere rather than to nothing that listens.',
  },
];

/** How the file is kept in step. */
export function HostsSettingsPanel({ state }: { readonly state: HostsState }) {
  const client = useQueryClient();
  const changing = useChange('changeHosts');
  const change = (part: Partial<HostsSettings>) =>
    changing.mutate(
      { body: part },
      {
        onSuccess: (next) => client.setQueryData(['hosts', {}], next),
        onError: (error) => notifyFailed('Not changed', error),
      },
    );
  return (
    <Panel title="How it is kept">
      {ROWS.map(({ key, label, text }) => (
        <SettingRow
          key={key}
          label={label}
          text={key === 'keepInStep' && state.access === 'needs_rights' ? `${text} ${RIGHTS}` : text}
          control={(ids) => (
            <Switch
              aria-labelledby={ids.label}
              aria-describedby={ids.text}
              checked={state.settings[key]}
              disabled={changing.isPending}
              onChange={({ currentTarget }) => change({ [key]: currentTarget.checked })}
            />
          )}
        />
      ))}
    </Panel>
  );
}

const RIGHTS = 'This server may not write the file by itself, so each change waits for your permission.';
