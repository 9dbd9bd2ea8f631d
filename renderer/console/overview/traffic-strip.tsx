import { Table } from '@mantine/core';
import { Link } from 'react-router';
import type { ListedStore, StoreTraffic } from '../../../server/contract/stores.ts';
import { count, formatAgo, formatNumber } from '../../shared/format.ts';
import { Sparkline } from '../../shared/sparkline.tsx';
import { StoreBadge } from '../../shared/store-badge.tsx';
import { useNow } from '../../shared/use-now.ts';
import classes from './traffic-strip.module.css';

interface TrafficStripProps {
  readonly traffic: readonly StoreTraffic[];
  readonly stores: readonly ListedStore[];
}

const MAX_ROWS = 8;

/** What each store was asked in the last two minutes, the busiest first. */
export function TrafficStrip({ traffic, stores }: TrafficStripProps) {
  const now = useNow();
  if (traffic.length === 0)
    return (
      <p className={classes.none}>
        No requests since the server started. Open a store: its request appears here at once.
      </p>
    );
  return (
    <Table className={classes.table} verticalSpacing={8} horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Store</Table.Th>
          <Table.Th>Last two minutes</Table.Th>
          <Table.Th className="number">Requests / min</Table.Th>
          <Table.Th className="number">Errors / min</Table.Th>
          <Table.Th className="number">Last request</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {traffic.slice(0, MAX_ROWS).map((row) => {
          const store = stores.find(({ code }) => code === row.code);
          return (
            <Table.Tr key={row.code ?? ''}>
              <Table.Td>
                <Link to={`/requests?store=${row.code ?? '-'}`} className={classes.link}>
                  {store ? (
                    <StoreBadge name={store.name} color={store.color} size="sm" />
                  ) : (
                    <span>{row.code ?? 'No store'}</span>
                  )}
                </Link>
              </Table.Td>
              <Table.Td>
                <Sparkline
                  values={row.series}
                  width={180}
                  height={22}
                  label={`${count(
                    row.series.reduce((sum, one) => sum + one, 0),
                    'request',
                  )} in two minutes`}
                />
              </Table.Td>
              <Table.Td className="number">{formatNumber(row.requestsPerMinute)}</Table.Td>
              <Table.Td className="number" data-bad={row.errorsPerMinute > 0 || undefined}>
                {formatNumber(row.errorsPerMinute)}
              </Table.Td>
              <Table.Td className="number">{row.lastRequestAt ? formatAgo(row.lastRequestAt, now) : '–'}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
