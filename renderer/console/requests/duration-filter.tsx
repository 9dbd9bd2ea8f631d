import { NumberInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import classes from './facet.module.css';
import { Facet } from './facet.tsx';
import { durationWords } from './filter-chips.ts';
import type { ChangeFilter } from './filter-panel.tsx';

const PRESETS = [
  { value: '50', label: '> 50 ms' },
  { value: '100', label: '> 100 ms' },
  { value: '500', label: '> 500 ms' },
  { value: '1000', label: '> 1 s' },
];
/** Digits that follow each other faster are one number. */
const TYPING_MS = 250;

interface DurationFilterProps {
  readonly minMs: number | undefined;
  readonly maxMs: number | undefined;
  readonly onChange: ChangeFilter;
}

/** How long a request took: from, to, or one of the usual lower bounds. */
export function DurationFilter({ minMs, maxMs, onChange }: DurationFilterProps) {
  const isSet = minMs !== undefined || maxMs !== undefined;
  const preset = maxMs === undefined && minMs !== undefined ? String(minMs) : undefined;
  return (
    <Facet
      label="Duration"
      options={PRESETS}
      value={preset}
      chosen={isSet ? durationWords(minMs, maxMs) : undefined}
      onChange={(value) => {
        onChange('minMs', value);
        onChange('maxMs', undefined);
      }}
    >
      <div className={classes.pair}>
        <Bound
          label="Shortest duration in milliseconds"
          short="from"
          value={minMs}
          onChange={(ms) => onChange('minMs', ms)}
        />
        <Bound
          label="Longest duration in milliseconds"
          short="to"
          value={maxMs}
          onChange={(ms) => onChange('maxMs', ms)}
        />
      </div>
    </Facet>
  );
}

interface BoundProps {
  readonly label: string;
  readonly short: string;
  readonly value: number | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Bound({ label, short, value, onChange }: BoundProps) {
  const [typed, setTyped] = useState<number | string>(value ?? '');
  const [known, setKnown] = useState(value);
  const apply = useDebouncedCallback(
    (wanted: number | string) => onChange(wanted === '' ? undefined : `${wanted}`),
    TYPING_MS,
  );
  if (value !== known) {
    setKnown(value);
    setTyped(value ?? '');
  }
  return (
    <NumberInput
      size="xs"
      aria-label={label}
      placeholder={`${short}, ms`}
      min={0}
      max={10_000_000}
      hideControls
      suffix=" ms"
      value={typed}
      onChange={(wanted) => {
        setTyped(wanted);
        apply(wanted);
      }}
    />
  );
}
