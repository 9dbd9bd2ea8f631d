import { SegmentedControl } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { Resolution } from '../../../server/contract/requests.ts';
import { RouteChecks } from './checks/route-checks.tsx';
import { PatternsTable } from './patterns/patterns-table.tsx';
import classes from './routing-sections.module.css';
import type { WhatIf } from './what-if.ts';

interface RoutingSectionsProps {
  /** What stands in the what-if box and its answer, for a new check. */
  readonly asked: WhatIf;
  readonly resolution: Resolution | null;
  /** Puts a URL into the what-if box. */
  readonly onTry: (url: string) => void;
}

/** Under the what-if box: every pattern of the platform, or the list of URLs that must lead where they lead. */
export function RoutingSections({ asked, resolution, onTry }: RoutingSectionsProps) {
  const [params, setParams] = useSearchParams();
  const view = params.get('view') === 'checks' ? 'checks' : 'patterns';
  const show = (next: string) => {
    const changed = new URLSearchParams(params);
    if (next === 'checks') changed.set('view', next);
    else changed.delete('view');
    setParams(changed, { replace: true });
  };
  return (
    <section className={classes.section} aria-label="Patterns and checks">
      <SegmentedControl
        className={classes.views ?? ''}
        aria-label="What is listed"
        value={view}
        onChange={show}
        data={[
          { value: 'patterns', label: 'Every pattern' },
          { value: 'checks', label: 'Checks' },
        ]}
      />
      {view === 'patterns' ? (
        <PatternsTable askedHost={resolution?.hostname ?? null} onTry={onTry} />
      ) : (
        <RouteChecks asked={asked} resolution={resolution} onTry={onTry} />
      )}
    </section>
  );
}
