import { Skeleton, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RequestList } from '../../../../server/contract/requests.ts';
import { DecidedBy } from '../../../shared/decided-by.tsx';
import { formatBytes, formatNumber } from '../../../shared/format.ts';
import { Meter } from '../../../shared/meter.tsx';
import { SettingRow } from '../../../shared/setting-row.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { ClearRequests } from '../clear-requests.tsx';
import { NumberSetting } from './number-setting.tsx';
import { OtlpSetting } from './otlp-setting.tsx';
import classes from './recording-panel.module.css';
import { useInspector } from './use-inspector.ts';

type Inspector = ReturnType<typeof useInspector>;
type Kept = RequestList['kept'];

/** How requests are recorded: what is kept, for how long, and what counts as slow. Everything acts at once. */
export function RecordingPanel({ kept }: { readonly kept: Kept | null }) {
  const inspector = useInspector();
  if (inspector.error)
    return <ErrorState title="The settings could not be read" error={inspector.error} onRetry={inspector.retry} />;
  return (
    <>
      {kept ? <Memory kept={kept} /> : null}
      {inspector.state ? <Settings inspector={inspector} state={inspector.state} /> : <Skeleton height={420} mt={16} />}
    </>
  );
}

function Memory({ kept: { requests, bytes, maxRequests, maxBytes } }: { readonly kept: Kept }) {
  const text = `${formatBytes(bytes)} of ${formatBytes(maxBytes)}`;
  return (
    <section className={classes.memory} aria-label="Memory">
      <div className={classes.memoryHead}>
        <span>Memory for details</span>
        <span className={classes.figure}>{text}</span>
      </div>
      <Meter label="Memory for details" value={bytes} max={maxBytes} text={text} />
      <div className={classes.memoryFoot}>
        <span>
          {formatNumber(requests)} of at most {formatNumber(maxRequests)} requests. The oldest give way to new ones.
          <DecidedBy flags={['--trace-requests', '--trace-megabytes']} />
        </span>
        <ClearRequests isDisabled={requests === 0} size="compact-sm" />
      </div>
    </section>
  );
}

type State = NonNullable<Inspector['state']>;

function Settings({ inspector, state }: { readonly inspector: Inspector; readonly state: State }) {
  const { change, faults } = inspector;
  return (
    <div>
      <Toggle
        inspector={inspector}
        name="bodies"
        label="Keep bodies"
        text="What was sent and answered, secrets of forms and JSON masked."
      >
        {state.bodies ? (
          <NumberSetting
            label="Most of each body"
            unit="KiB"
            min={1}
            max={1024}
            value={state.bodyKilobytes}
            fault={faults.bodyKilobytes}
            onChange={(value) => void change('bodyKilobytes', value)}
          />
        ) : null}
      </Toggle>
      <Toggle
        inspector={inspector}
        name="keepAcrossRestarts"
        label="Keep across restarts"
        text={`Written to the data folder${state.storedBytes > 0 ? `: ${formatBytes(state.storedBytes)} now` : ''}.`}
      />
      <Toggle
        inspector={inspector}
        name="debugBar"
        label="Debug bar on storefronts"
        text="Pages show a bar that leads to their request; in development alone."
      />
      <SettingRow
        label="What counts as slow"
        text="From then on a request or a statement is marked."
        control={() => null}
      >
        <div className={classes.numbers}>
          <NumberSetting
            label="Requests"
            unit="ms"
            min={1}
            max={600_000}
            value={state.slowRequestMs}
            fault={faults.slowRequestMs}
            onChange={(value) => void change('slowRequestMs', value)}
          />
          <NumberSetting
            label="Statements"
            unit="ms"
            min={1}
            max={600_000}
            value={state.slowStatementMs}
            fault={faults.slowStatementMs}
            onChange={(value) => void change('slowStatementMs', value)}
          />
        </div>
      </SettingRow>
      <OtlpSetting
        endpoint={state.otlpEndpoint}
        state={state.otlpState}
        fault={faults.otlpEndpoint}
        isBusy={inspector.busy === 'otlpEndpoint'}
        onChange={(value) => void change('otlpEndpoint', value)}
      />
    </div>
  );
}

interface ToggleProps {
  readonly inspector: Inspector;
  readonly name: 'bodies' | 'keepAcrossRestarts' | 'debugBar';
  readonly label: string;
  readonly text: string;
  readonly children?: ReactNode;
}

function Toggle({ inspector: { state, busy, change }, name, label, text, children }: ToggleProps) {
  return (
    <SettingRow
      label={label}
      text={text}
      control={(ids) => (
        <Switch
          aria-labelledby={ids.label}
          aria-describedby={ids.text}
          checked={state?.[name] ?? false}
          disabled={busy === name}
          onChange={({ currentTarget }) => void change(name, currentTarget.checked)}
        />
      )}
    >
      {children}
    </SettingRow>
  );
}
