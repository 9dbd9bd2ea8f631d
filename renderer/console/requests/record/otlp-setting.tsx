import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { SettingRow } from '../../../shared/setting-row.tsx';
import classes from './recording-panel.module.css';

interface OtlpSettingProps {
  readonly endpoint: string | null;
  /** How the last sending went, or null. */
  readonly state: string | null;
  readonly fault: string | undefined;
  readonly isBusy: boolean;
  readonly onChange: (endpoint: string | null) => void;
}

/** Where traces are sent to, such as Jaeger or an OpenTelemetry collector. */
export function OtlpSetting({ endpoint, state, fault, isBusy, onChange }: OtlpSettingProps) {
  const [typed, setTyped] = useState(endpoint ?? '');
  const wanted = typed.trim() === '' ? null : typed.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(wanted);
  };
  return (
    <SettingRow
      label="Send traces (OTLP over HTTP)"
      text={state ?? (endpoint === null ? 'Nothing is sent.' : 'Nothing was sent yet.')}
      control={() => null}
    >
      <form className={classes.otlp} onSubmit={submit}>
        <TextInput
          size="xs"
          className={classes.endpoint}
          aria-label="Address that traces are sent to"
          placeholder="http://localhost:4318/v1/traces"
          spellCheck={false}
          value={typed}
          error={fault}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" loading={isBusy} disabled={wanted === endpoint}>
          {wanted === null && endpoint !== null ? 'Stop sending' : 'Send there'}
        </Button>
      </form>
    </SettingRow>
  );
}
