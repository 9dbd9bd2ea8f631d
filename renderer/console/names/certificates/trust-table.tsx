import { Button } from '@mantine/core';
import type { CertificatesState, TrustStore } from '../../../../server/contract/certificates.ts';
import { CommandLine } from '../../../shared/command-line.tsx';
import table from '../../../shared/data-table.module.css';
import { Panel } from '../../../shared/panel.tsx';
import { StateLabel, type Tone } from '../../../shared/state-label.tsx';
import classes from './certificates-tab.module.css';
import type { TrustChanges } from './use-certificates.ts';

const STATES: Readonly<Record<TrustStore['state'], { readonly word: string; readonly tone: Tone }>> = {
  trusted: { word: 'trusted', tone: 'good' },
  untrusted: { word: 'not trusted', tone: 'warn' },
  other_authority: { word: 'an older authority', tone: 'bad' },
  unavailable: { word: 'not here', tone: 'plain' },
};

interface TrustTableProps {
  readonly state: CertificatesState;
  readonly changes: TrustChanges;
}

/** Who trusts the authority, which programs read that, and a button or a command where it can be changed. */
export function TrustTable({ state, changes }: TrustTableProps) {
  const isTrusted = state.trust.some((one) => one.state === 'trusted' || one.state === 'other_authority');
  return (
    <Panel
      title="Who trusts it"
      more={
        isTrusted ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            loading={changes.busy === 'untrust'}
            disabled={changes.busy !== null}
            onClick={() => void changes.untrust(null)}
          >
            Remove trust everywhere
          </Button>
        ) : null
      }
    >
      {state.trust.length === 0 ? (
        <p className={table.none}>No list of trusted authorities was found on this machine.</p>
      ) : (
        <ul className={classes.trust}>
          {state.trust.map((store) => (
            <TrustRow key={store.id} store={store} changes={changes} hasAuthority={state.authority !== null} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface TrustRowProps {
  readonly store: TrustStore;
  readonly changes: TrustChanges;
  readonly hasAuthority: boolean;
}

function TrustRow({ store, changes, hasAuthority }: TrustRowProps) {
  const { id, label, clients, state, needsRights, message, command } = store;
  const canTrust = hasAuthority && command === null && (state === 'untrusted' || state === 'other_authority');
  return (
    <li className={classes.trustRow} aria-label={label}>
      <div className={classes.trustWho}>
        <strong>{label}</strong>
        <span className={classes.sub}>{clients}</span>
      </div>
      <div className={classes.trustState}>
        <StateLabel tone={STATES[state].tone}>{STATES[state].word}</StateLabel>
        <span className={classes.sub}>{message}</span>
      </div>
      <div className={classes.trustButton}>
        {canTrust ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Trust in ${label}`}
            loading={changes.busy === id}
            disabled={changes.busy !== null}
            onClick={() => void changes.trust(id)}
          >
            {needsRights ? 'Trust…' : 'Trust'}
          </Button>
        ) : state === 'trusted' && command === null ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Remove trust in ${label}`}
            loading={changes.busy === id}
            disabled={changes.busy !== null}
            onClick={() => void changes.untrust(id)}
          >
            {needsRights ? 'Remove…' : 'Remove'}
          </Button>
        ) : null}
      </div>
      {command !== null && state !== 'trusted' ? (
        <div className={classes.trustCommand}>
          <CommandLine text={command} />
        </div>
      ) : null}
    </li>
  );
}
