import { SegmentedControl, Skeleton, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PacState } from '../../../../server/contract/names.ts';
import { CommandLine } from '../../../shared/command-line.tsx';
import { Copyable } from '../../../shared/copy-button.tsx';
import { count } from '../../../shared/format.ts';
import { notifyFailed } from '../../../shared/notify.tsx';
import { Panel } from '../../../shared/panel.tsx';
import { SettingRow } from '../../../shared/setting-row.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { useChange, useRead } from '../../api/queries.ts';
import classes from './pac-panel.module.css';

/** The ways that need no administrator rights: a file that tells browsers where the names are, and the app's own window. */
export function PacPanel() {
  const pac = useRead('pac', {});
  return (
    <Panel title="Without administrator rights">
      {pac.data ? (
        <LoadedPac pac={pac.data} />
      ) : pac.error ? (
        <ErrorState title="This could not be read" error={pac.error} onRetry={() => void pac.refetch()} />
      ) : (
        <Skeleton height={132} radius={0} />
      )}
    </Panel>
  );
}

function LoadedPac({ pac }: { readonly pac: PacState }) {
  const client = useQueryClient();
  const changing = useChange('changePac', ['probeNames']);
  const change = (isOn: boolean) =>
    changing.mutate(
      { body: { isOn } },
      {
        onSuccess: (state) => client.setQueryData(['pac', {}], state),
        onError: (error) => notifyFailed('Not changed', error),
      },
    );
  return (
    <>
      <SettingRow
        label="Automatic proxy configuration (PAC)"
        text={
          <>
            A browser that is told its address sends {count(pac.names.length, 'name')} of this platform to this server
            and nothing else. It does not help curl and other programs.
          </>
        }
        control={(ids) => (
          <Switch
            aria-labelledby={ids.label}
            aria-describedby={ids.text}
            checked={pac.isOn}
            disabled={changing.isPending}
            onChange={({ currentTarget }) => change(currentTarget.checked)}
          />
        )}
      >
        {pac.isOn && pac.url ? (
          <div className={classes.address}>
            <Copyable text={pac.url} label="Copy the address of the PAC file" />
            {pac.proxyPort === null ? null : <span className={classes.muted}>through port {pac.proxyPort}</span>}
          </div>
        ) : null}
      </SettingRow>
      {pac.isOn && pac.howTo.length > 0 ? <HowTo howTo={pac.howTo} /> : null}
      <p className={classes.note}>
        The window of the desktop app needs nothing of this: it finds every name of this platform by itself. Browsers
        also find <code className="mono">*.localhost</code> by themselves.
      </p>
    </>
  );
}

function HowTo({ howTo }: Pick<PacState, 'howTo'>) {
  const [chosen, setChosen] = useState(howTo[0]?.client ?? '');
  const shown = howTo.find(({ client }) => client === chosen) ?? howTo[0];
  if (!shown) return null;
  return (
    <div className={classes.howTo}>
      <SegmentedControl
        size="xs"
        aria-label="How to tell"
        className={classes.clients ?? ''}
        value={shown.client}
        onChange={setChosen}
        data={howTo.map(({ client }) => client)}
      />
      <ol className={classes.steps}>
        {shown.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {shown.command ? <CommandLine text={shown.command} /> : null}
    </div>
  );
}
