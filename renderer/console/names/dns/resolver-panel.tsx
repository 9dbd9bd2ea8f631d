import { NumberInput, SegmentedControl, Slider } from '@mantine/core';
import { useState } from 'react';
import type { RehearsalDns } from '../../../../server/contract/domains.ts';
import { CommandLine } from '../../../shared/command-line.tsx';
import { Panel } from '../../../shared/panel.tsx';
import { SettingRow } from '../../../shared/setting-row.tsx';
import classes from './dns-tab.module.css';
import { useRehearsal } from './use-rehearsal.ts';

/** The slider's end; the field takes more. */
const SLIDER_MAX_MS = 5000;
const MAX_MS = 30_000;

/** Which DNS is asked when a domain is checked, and how slow the rehearsal's is. */
export function ResolverPanel({ dns }: { readonly dns: RehearsalDns }) {
  const { change, isBusy } = useRehearsal('changeRehearsal');
  return (
    <Panel title="Which DNS is asked">
      <SettingRow
        label="Resolver"
        text="For the checks of custom domains alone. Real domains need the system’s."
        control={() => (
          <SegmentedControl
            size="xs"
            aria-label="Resolver"
            disabled={isBusy}
            value={dns.resolver}
            onChange={(resolver) => change({ body: { resolver: resolver as RehearsalDns['resolver'] } })}
            data={[
              { value: 'system', label: 'System DNS' },
              { value: 'rehearsal', label: 'Rehearsal DNS' },
            ]}
          />
        )}
      />
      <SettingRow label="Delay" text="Added to every answer of the rehearsal DNS." control={() => null}>
        <Delay key={dns.delayMs} delayMs={dns.delayMs} onChange={(delayMs) => change({ body: { delayMs } })} />
      </SettingRow>
      {dns.tryCommand ? (
        <div className={classes.try}>
          <span>Ask it by hand</span>
          <CommandLine text={dns.tryCommand} />
        </div>
      ) : null}
    </Panel>
  );
}

interface DelayProps {
  readonly delayMs: number;
  readonly onChange: (delayMs: number) => void;
}

function Delay({ delayMs, onChange }: DelayProps) {
  const [typed, setTyped] = useState<number | string>(delayMs);
  const value = typeof typed === 'number' ? typed : delayMs;
  const settle = () => {
    const rounded = Math.round(Math.min(MAX_MS, Math.max(0, value)));
    if (rounded !== delayMs) onChange(rounded);
  };
  return (
    <div className={classes.delay}>
      <Slider
        thumbLabel="Delay in milliseconds"
        min={0}
        max={SLIDER_MAX_MS}
        step={50}
        label={null}
        value={Math.min(value, SLIDER_MAX_MS)}
        onChange={setTyped}
        onChangeEnd={(end) => end !== delayMs && onChange(end)}
      />
      <NumberInput
        aria-label="Delay in milliseconds"
        size="xs"
        min={0}
        max={MAX_MS}
        hideControls
        allowDecimal={false}
        suffix=" ms"
        value={typed}
        onChange={setTyped}
        onBlur={settle}
        onKeyDown={(event) => event.key === 'Enter' && settle()}
      />
    </div>
  );
}
