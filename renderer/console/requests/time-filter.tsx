import { TextInput } from '@mantine/core';
import { formatMoment } from '../../shared/format.ts';
import classes from './facet.module.css';
import { Facet } from './facet.tsx';
import { LAST_WORDS } from './filter-chips.ts';
import type { ChangeFilter } from './filter-panel.tsx';
import { LAST, type Last } from './request-filter.ts';

const PRESETS = LAST.map((value) => ({ value, label: LAST_WORDS[value] }));

interface TimeFilterProps {
  readonly last: Last | null;
  /** Milliseconds since 1970. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly onChange: ChangeFilter;
}

/** When a request began: a stretch that ends now, or from and to in the viewer's time zone. */
export function TimeFilter({ last, from, to, onChange }: TimeFilterProps) {
  const own = last === null ? [from, to].filter((at) => at !== undefined) : [];
  const chosen = own.length > 0 ? own.map(formatMoment).join(' – ') : undefined;
  return (
    <Facet
      label="Time"
      options={PRESETS}
      value={last ?? undefined}
      chosen={last === null ? chosen : undefined}
      onChange={(value) => onChange('last', value)}
    >
      <div className={classes.stack}>
        <Moment label="From" at={last === null ? from : undefined} onChange={(at) => onChange('from', at)} />
        <Moment label="To" at={last === null ? to : undefined} onChange={(at) => onChange('to', at)} />
      </div>
    </Facet>
  );
}

interface MomentProps {
  readonly label: string;
  readonly at: number | undefined;
  readonly onChange: (at: string | undefined) => void;
}

function Moment({ label, at, onChange }: MomentProps) {
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      aria-label={`${label}, date and time`}
      value={at === undefined ? '' : localMinute(at)}
      onChange={({ currentTarget }) => {
        const moment = new Date(currentTarget.value).getTime();
        onChange(Number.isNaN(moment) ? undefined : String(moment));
      }}
    />
  );
}

/** `2026-11-21T14:03` in the viewer's time zone, as the field wants it. */
function localMinute(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
