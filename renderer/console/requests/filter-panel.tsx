import { SegmentedControl } from '@mantine/core';
import { memo } from 'react';
import { AREAS, FLAGS, ORIGINS, type RequestFilter, ROUTING_MODES } from '../../../server/contract/requests.ts';
import { areaLabel, modeLabel } from '../../shared/format.ts';
import { DurationFilter } from './duration-filter.tsx';
import { Facet } from './facet.tsx';
import { FacetGroup } from './facet-group.tsx';
import classes from './filter-panel.module.css';
import type { FilterName, Last } from './request-filter.ts';
import { FLAG_WORDS, ORIGIN_WORDS, ROLE_NAMES, roleLabel } from './request-words.ts';
import { StatusFilter } from './status-filter.tsx';
import { StoreFilter } from './store-filter.tsx';
import { TimeFilter } from './time-filter.tsx';

/** Sets a filter; undefined takes it away. */
export type ChangeFilter = (name: FilterName, value: string | undefined) => void;

interface FilterPanelProps {
  readonly filter: RequestFilter;
  /** The stretch of time that the filter's `from` comes of, or null. */
  readonly last: Last | null;
  readonly onChange: ChangeFilter;
  readonly isInPopover: boolean;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((value) => ({ value, label: value }));
const MODES = ROUTING_MODES.map((value) => ({ value, label: modeLabel(value) }));
const AREA_OPTIONS = AREAS.map((value) => ({ value, label: areaLabel(value) }));
const FLAG_OPTIONS = FLAGS.map((value) => ({
  value,
  label: FLAG_WORDS[value].label,
  title: FLAG_WORDS[value].meaning,
}));
const ROLE_OPTIONS = ROLE_NAMES.map((value) => ({ value, label: roleLabel(value) }));
const ORIGIN_OPTIONS = ORIGINS.map((value) => ({ value, label: ORIGIN_WORDS[value] }));

/** Everything the list can be narrowed by, apart from text. */
export const FilterPanel = memo(function FilterPanel({ filter, last, onChange, isInPopover }: FilterPanelProps) {
  const set = (name: FilterName) => (value: string | undefined) => onChange(name, value);
  return (
    <div className={classes.panel}>
      <div className={classes.store}>
        <StoreFilter value={filter.store} onChange={onChange} isInPopover={isInPopover} />
      </div>
      <StatusFilter value={filter.status} onChange={set('status')} />
      <Facet label="Noticed" options={FLAG_OPTIONS} value={filter.flag} onChange={set('flag')} startsOpen />
      <Facet label="Reached its store by" options={MODES} value={filter.mode} onChange={set('mode')} startsOpen />
      <DurationFilter minMs={filter.minMs} maxMs={filter.maxMs} onChange={onChange} />
      <TimeFilter last={last} from={filter.from} to={filter.to} onChange={onChange} />
      <Facet label="Area" options={AREA_OPTIONS} value={filter.area} onChange={set('area')} />
      <Facet label="Method" options={METHODS} value={filter.method?.toUpperCase()} onChange={set('method')} />
      <Facet
        label="Asked as"
        options={ROLE_OPTIONS}
        value={filter.role}
        chosen={filter.role === undefined ? undefined : roleLabel(filter.role)}
        onChange={set('role')}
      />
      <Facet label="Origin" options={ORIGIN_OPTIONS} value={filter.origin} onChange={set('origin')} />
      <Visibility label="Files and pictures" value={filter.assets} onChange={set('assets')} />
      <Visibility label="Console’s requests" value={filter.console} onChange={set('console')} />
    </div>
  );
});

interface VisibilityProps {
  readonly label: string;
  readonly value: 'hide' | 'only' | undefined;
  readonly onChange: (value: string | undefined) => void;
}

const VISIBILITY_WORDS = { hide: 'hidden', only: 'only these', show: 'shown' } as const;

function Visibility({ label, value, onChange }: VisibilityProps) {
  const words = value === 'hide' ? undefined : VISIBILITY_WORDS[value ?? 'show'];
  return (
    <FacetGroup label={label} chosen={words} none="hidden" startsOpen={false}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={label}
        value={value ?? 'show'}
        onChange={(wanted) => onChange(wanted === 'show' ? undefined : wanted)}
        data={[
          { value: 'hide', label: 'Hide' },
          { value: 'show', label: 'Show' },
          { value: 'only', label: 'Only' },
        ]}
      />
    </FacetGroup>
  );
}
