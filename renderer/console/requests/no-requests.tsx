import { Button } from '@mantine/core';
import { IconExternalLink, IconFilterOff, IconListSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { RequestFilter, RequestList } from '../../../server/contract/requests.ts';
import { EmptyState } from '../../shared/states.tsx';
import { useRead } from '../api/queries.ts';
import { countFilters } from './request-filter.ts';

interface NoRequestsProps {
  readonly filter: RequestFilter;
  readonly kept: RequestList['kept'] | null;
  readonly onClear: () => void;
}

/** An empty list: nothing was recorded yet, nothing is recorded at all, or nothing matches. */
export function NoRequests({ filter, kept, onClear }: NoRequestsProps) {
  if (kept?.maxRequests === 0) {
    return (
      <EmptyState icon={<IconListSearch size={24} />} title="Recording is off">
        Start the server with <code className="mono">--trace-requests 5000</code> (ORION_TRACE_REQUESTS) to keep the
        newest 5000 requests.
      </EmptyState>
    );
  }
  if (countFilters(filter) > 0) {
    const isHiding = filter.assets === 'hide' || filter.console === 'hide';
    return (
      <EmptyState
        icon={<IconFilterOff size={24} />}
        title="No request matches these filters"
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        {isHiding ? 'Files, pictures and the console’s own requests may be hidden: the filters can show them. ' : null}
        New requests appear here as soon as one matches.
      </EmptyState>
    );
  }
  return <NothingYet />;
}

function NothingYet() {
  const { data } = useRead('listStores', {});
  const store = data?.stores.find(({ isActive }) => isActive);
  return (
    <EmptyState
      icon={<IconListSearch size={24} />}
      title="No requests yet"
      action={
        store ? (
          <Button
            component="a"
            href={store.urls.subdomain}
            target="_blank"
            rel="noreferrer"
            rightSection={<IconExternalLink size={16} />}
          >
            Open {store.name}
          </Button>
        ) : data ? (
          <Button component={Link} to="/stores">
            Create a store
          </Button>
        ) : null
      }
    >
      Every page that a store answers appears here while this screen is open: which store it reached and why, its
      timeline and its SQL.
    </EmptyState>
  );
}
