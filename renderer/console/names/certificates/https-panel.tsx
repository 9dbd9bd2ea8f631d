import { Button, NumberInput, Select, Switch } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { CertificatesState, HttpsSettings } from '../../../../server/contract/certificates.ts';
import { Copyable } from '../../../shared/copy-button.tsx';
import { DecidedBy } from '../../../shared/decided-by.tsx';
import { Notice } from '../../../shared/notice.tsx';
import { notifyFailed } from '../../../shared/notify.tsx';
import { Panel } from '../../../shared/panel.tsx';
import { SettingRow } from '../../../shared/setting-row.tsx';
import { messageOf, ProblemError } from '../../api/problem.ts';
import { useChange } from '../../api/queries.ts';
import { asSentence } from '../../stores/faults.ts';
import classes from './certificates-tab.module.css';
import { hstsChoices } from './validity.ts';

/** Whether HTTPS is on, where it listens, and what browsers are told to keep to. */
export function HttpsPanel({ https }: Pick<CertificatesState, 'https'>) {
  const client = useQueryClient();
  const changing = useChange('changeHttps');
  const change = (part: Partial<HttpsSettings>) =>
    changing.mutate(
      { body: part },
      {
        onSuccess: (state) => client.setQueryData(['certificates', {}], state),
        onError: (error) => part.port === undefined && notifyFailed('Not changed', error),
      },
    );
  const isPortDecided = https.decided.includes('port');
  const isPortRefused = changing.error && changing.variables.body.port !== undefined;
  return (
    <Panel title="HTTPS">
      <SettingRow
        label="HTTPS"
        text={
          <>
            {https.url ? (
              <Copyable text={https.url} label="Copy the address" />
            ) : (
              'Every name also answers by https, with HTTP/2.'
            )}
            {https.decided.includes('isOn') ? (
              <DecidedBy flags={['--https']} variable="ORION_HTTPS">
                a change here holds until the next start.
              </DecidedBy>
            ) : null}
          </>
        }
        control={({ label }) => (
          <Switch
            aria-labelledby={label}
            checked={https.isOn}
            disabled={changing.isPending}
            onChange={({ currentTarget }) => change({ isOn: currentTarget.checked })}
          />
        )}
      >
        {https.fault ? (
          <Notice tone="bad" icon={<IconAlertTriangle size={18} />} title="It does not listen" role="alert">
            {https.fault}
          </Notice>
        ) : null}
      </SettingRow>
      <SettingRow
        label="Port"
        text={
          isPortDecided ? (
            <DecidedBy flags={['--https-port']} variable="ORION_HTTPS_PORT">
              start the server without it to choose one here.
            </DecidedBy>
          ) : (
            '443 needs no port in addresses; some systems give it only to programs with rights.'
          )
        }
        control={(ids) => (
          <PortForm
            key={https.port}
            port={https.port}
            ids={ids}
            isBusy={changing.isPending}
            isDecided={isPortDecided}
            fault={isPortRefused ? faultOf(changing.error) : null}
            onSave={(port) => change({ port })}
          />
        )}
      />
      <BrowserRows https={https} isDisabled={changing.isPending || !https.isOn} onChange={change} />
    </Panel>
  );
}

interface BrowserRowsProps {
  readonly https: HttpsSettings;
  readonly isDisabled: boolean;
  readonly onChange: (part: Partial<HttpsSettings>) => void;
}

/** What browsers are told: to come back by https now, and for how long. */
function BrowserRows({ https, isDisabled, onChange }: BrowserRowsProps) {
  return (
    <>
      <SettingRow
        label="Lead http to https"
        text="Stores and the platform answer http with a redirect. The console’s own host never does."
        control={(ids) => (
          <Switch
            aria-labelledby={ids.label}
            aria-describedby={ids.text}
            checked={https.redirect}
            disabled={isDisabled}
            onChange={({ currentTarget }) => onChange({ redirect: currentTarget.checked })}
          />
        )}
      />
      <SettingRow
        label="Strict-Transport-Security (HSTS)"
        text="For how long browsers refuse plain http on these names, without asking again."
        control={(ids) => (
          <Select
            aria-labelledby={ids.label}
            aria-describedby={ids.text}
            size="xs"
            className={classes.hsts ?? ''}
            allowDeselect={false}
            disabled={isDisabled}
            data={[...hstsChoices(https.hstsSeconds)]}
            value={String(https.hstsSeconds)}
            onChange={(value) => value !== null && onChange({ hstsSeconds: Number(value) })}
          />
        )}
      >
        {https.hstsSeconds > 0 ? (
          <p className={classes.warning}>
            <IconAlertTriangle size={14} aria-hidden="true" />A browser that has read this keeps to https until the time
            is over, on every port, also when HTTPS is switched off here. Try five minutes first.
          </p>
        ) : null}
      </SettingRow>
    </>
  );
}

interface PortFormProps {
  readonly port: number;
  readonly ids: { readonly label: string; readonly text: string };
  readonly isBusy: boolean;
  /** Who started the server named it. */
  readonly isDecided: boolean;
  readonly fault: string | null;
  readonly onSave: (port: number) => void;
}

function PortForm({ port, ids, isBusy, isDecided, fault, onSave }: PortFormProps) {
  const [typed, setTyped] = useState<string | number>(port);
  const [ownFault, setOwnFault] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = Number(typed);
    const isPort = Number.isInteger(value) && value >= 1 && value <= 65_535;
    setOwnFault(isPort ? null : 'From 1 to 65535.');
    if (isPort) onSave(value);
  };
  const isChanged = String(typed) !== String(port);
  return (
    <form className={classes.port} noValidate onSubmit={submit}>
      <NumberInput
        aria-labelledby={ids.label}
        aria-describedby={ids.text}
        size="xs"
        className={classes.portField ?? ''}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        disabled={isDecided}
        value={typed}
        error={ownFault ?? (isChanged ? fault : null)}
        onChange={setTyped}
      />
      {isDecided ? null : (
        <Button type="submit" size="xs" variant="default" loading={isBusy && isChanged} disabled={!isChanged}>
          Save
        </Button>
      )}
    </form>
  );
}

function faultOf(error: Error): string {
  return error instanceof ProblemError && error.faults[0] ? asSentence(error.faults[0].message) : messageOf(error);
}
