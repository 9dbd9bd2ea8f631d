import { Button, SegmentedControl } from '@mantine/core';
import { memo } from 'react';
import { AREAS, type RequestFilter, ROUTING_MODES } from '../../../server/contract/requests.ts';
import { areaLabel, modeLabel } from '../../shared/format.ts';
import { Facet } from './facet.tsx';
import classes from './filter-panel.module.css';
import { countFilters, type FilterName } from './request-filter.ts';
import { StatusFilter } from './status-filter.tsx';
import { StoreFilter } from './store-filter.tsx';

/** Sets a filter; undefined takes it away. */
export type ChangeFilter = (name: FilterName, value: string | undefined) => void;

interface FilterPanelProps {
  readonly filter: RequestFilter;
  readonly onChange: ChangeFilter;
  readonly onClear: () => void;
  readonly isInPopover: boolean;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map((value) => ({ value, label: value }));
const MODES = ROUTING_MODES.map((value) => ({ value, label: modeLabel(value) }));
const AREA_OPTIONS = AREAS.map((value) => ({ value, label: areaLabel(value) }));

/** Everything the list can be narrowed by, apart from text. */
export const FilterPanel = memo(function FilterPanel(props: FilterPanelProps) {
  const { filter, onChange, onClear, isInPopover } = props;
  const hasFilters = countFilters(filter) > 0;
  return (
    <div className={classes.panel}>
      <StoreFilter value={filter.store} onChange={onChange} isInPopover={isInPopover} />
      <StatusFilter value={filter.status} onChange={(value) => onChange('status', value)} />
      <Facet
        label="Reached its store by"
        options={MODES}
        value={filter.mode}
        onChange={(value) => onChange('mode', value)}
      />
      <Facet label="Area" options={AREA_OPTIONS} value={filter.area} onChange={(value) => onChange('area', value)} />
      <Facet
        label="Method"
        options={METHODS}
        value={filter.method?.toUpperCase()}
        onChange={(value) => onChange('method', value)}
      />
      <Visibility label="Files and pictures" value={filter.assets} onChange={(value) => onChange('assets', value)} />
      <Visibility
        label="The console’s own requests"
        value={filter.console}
        onChange={(value) => onChange('console', value)}
      />
      <Button variant="default" fullWidth onClick={onClear} disabled={!hasFilters}>
        Clear filters
      </Button>
    </div>
  );
});

interface VisibilityProps {
  readonly label: string;
  readonly value: 'hide' | 'only' | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Visibility({ label, value, onChange }: VisibilityProps) {
  return (
    <div>
      <div className={classes.label}>{label}</div>
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
    </div>
  );
}
